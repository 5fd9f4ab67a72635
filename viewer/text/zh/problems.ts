// Chinese: problems.
import type { Text } from '../en/index.ts'

export const problems: Text['problems'] = {
  recording: {
    notMcap: '这个文件不是录像。录像文件以 .mcap 结尾。',
    notARecording: '这个 MCAP 文件由别的程序生成，其中没有可以在此显示的训练过程。',
    newerVersion: '这份录像由更新版本的 spikegrad 生成。请刷新网页以取得最新版本，然后重新打开。',
    tooLarge: '这份录像太大，无法在此打开。',
    damaged: '这份录像已损坏，没有可以显示的内容。',
    badConfiguration: '这份录像中的设置不可能出现，因此没有打开。',
    empty: '这份录像在第一帧之前就结束了。',
    recordingFull: '录像已达到大小上限，录制已结束。请保存现有内容。',
    storageFull: '没有足够的空间保存录像。请腾出空间或换一个位置；关闭网页之前录像仍会保留。',
    storageDenied: '没有权限把录像保存到那里。请换一个位置；关闭网页之前录像仍会保留。',
    recorderFailed: '录制程序已停止工作。网络仍在学习，请重新开始录制。',
  },
  notKept: {
    progress: '浏览器不为本页面保存任何内容：关闭网页后，你的预测就会丢失。允许存储或腾出空间即可保留。',
    preferences: '浏览器不为本页面保存任何内容：你的设置只在关闭网页之前有效。允许存储或腾出空间即可保留。',
  },
  away: {
    learned: images =>
      `标签页隐藏期间，两个网络继续学习了 ${images} 幅图像。这段时间没有绘图，现在的画面是最新的。`,
    held: '标签页隐藏期间，浏览器让它停住了，两个网络没有继续学习。现在它们接着学。',
  },
  live: {
    networks: { mlp: '深度网络', brain: '大脑' },
    slowBackend: () =>
      '这个浏览器不支持 WebAssembly SIMD：一切功能可用，但学习较慢。换用较新的浏览器会快许多倍。',
    nonFinite: network => `${network}的损失已不是数值：学习率过大。请在“实验室”中调低，然后重新开始（R）。`,
    noImages: () => '没有图像属于所选的数字。请在“实验室”中至少选择一个数字。',
    outOfMemory: network => `${network}所需内存超出浏览器的限制。请在“实验室”中缩小它，然后重新开始（R）。`,
    workerFailed: (network, detail) => `${network}已停止：它的线程出错（${detail}）。请重新加载网页。`,
    noWorkers: () => '这个浏览器不允许网页启动线程，因此无法实时学习。录像和课程仍可使用。',
    dataFailed: (_network, detail) =>
      `无法取得数字图像（${detail}）。请检查网络后重新加载网页；录像仍可播放。`,
  },
}
