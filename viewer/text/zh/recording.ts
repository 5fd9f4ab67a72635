// Chinese: recordings.
import { count, percent } from '../../panels/format.ts'
import type { Text } from '../en/index.ts'

const networks = { mlp: '深度网络', brain: '大脑' } as const

export const recording: Text['recording'] = {
  marks: {
    start: '第一帧',
    reached: (kind, accuracy) => `${networks[kind]}的测试准确率达到 ${percent(accuracy, 0)}`,
    restarted: kind => `${networks[kind]}重新开始`,
    changed: labels => `已更改：${labels.join('、')}`,
    bookmark: samples => `书签：${count(samples)} 幅图像`,
  },
  truncated: '这份录像缺少结尾，现有的部分可以播放。',
  damaged: '这份录像有些部分已损坏，已略去。',
  altered: '这个文件写成之后被改动过，其中的说明未必属实。',
  verify: {
    same: '用同样的设置和种子重新运行，每个权重都完全一致。',
    differs: (kind, samples, sameImages) =>
      `在 ${count(samples)} 幅图像之后，${networks[kind]}的结果不一致${sameImages ? '，尽管图像相同' : ''}：${sameImages ? '' : '数据不同、'}版本不同、运算的舍入方式不同，或文件被改动过。`,
    nothing: '这份录像里没有可供比对的摘要。',
    otherData: '这份录像所用的图像与现有的不同。',
    otherImages:
      '现有图像的名称和数量都相同，但 SHA-256 与这份录像所记的不同：录像用的是别的图像，或文件被改动过。用现有的图像重新运行，说明不了什么。',
    stopped: '尚未完成就已停止。',
  },
  fileName: samples => `spikegrad-${samples}-images.mcap`,
}
