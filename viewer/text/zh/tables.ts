// Chinese: the tables behind the pictures, and the sentences that describe them.
import type { Text } from '../en/index.ts'

export const table: Text['panels']['table'] = {
  rows: (from, to, all) => `第 ${from} 至 ${to} 行，共 ${all} 行`,
  previous: '前面的行',
  next: '后面的行',
  kept: (kept, all) => `这一帧保留了 ${all} 个脉冲中的 ${kept} 个。`,
  row: '行',
  column: '列',
  brightness: '亮度',
  inputSpikes: '脉冲',
  layer: '层',
  unit: '单元',
  neuron: '神经元',
  activation: '输出',
  gradient: '梯度',
  label: '读作',
  spikes: '脉冲',
  theta: 'theta（mV）',
  weightTotal: '权重之和',
  weightMean: '平均权重',
  weightMost: '最大权重',
  strongestPixel: '对应像素',
  place: (row, column) => `第 ${row} 行第 ${column} 列`,
  digit: '数字',
  probability: '概率',
  votes: '平均脉冲数',
  neurons: '神经元数',
  time: '时间（ms）',
  lesioned: '已损毁',
  yes: '是',
  no: '否',
  none: '–',
  samples: '图像',
  loss: '损失',
  train: '学习时',
  test: '测试图像',
  captions: {
    pixels: '不为黑的像素',
    mlpUnits: '各层的单元',
    neurons: '兴奋性神经元',
    mlpPictures: '第一隐藏层每个单元的输入权重',
    brainPictures: '每个神经元的输入权重',
    loss: '深度网络的损失与准确率',
    spikes: '这幅图像中的兴奋性脉冲',
    probabilities: '深度网络对图像的判断',
    votes: '大脑的投票',
  },
}

export const describe: Text['panels']['describe'] = {
  waiting: '正在等待第一幅图像。',
  input: (label, _, text) =>
    `${label >= 0 ? `一幅数字 ${label} 的图像` : '一幅没有标签的图像'}；大脑收到 ${text} 个输入脉冲。`,
  mlpNetwork: ({ layers, active, hidden, named, share }) =>
    `各层大小 ${layers}；${hidden} 个隐藏单元中 ${active} 个活动；判断为 ${named}，份额 ${share}。`,
  brainNetwork: ({ neurons, fired, spikes, winner, label }) =>
    winner < 0
      ? `${neurons} 个兴奋性神经元，没有一个发放。`
      : `${neurons} 个兴奋性神经元中 ${fired} 个发放，共 ${spikes} 个脉冲；${winner} 号发放最多，${label >= 0 ? `代表 ${label}` : '尚未对应数字'}。`,
  mlpPictures: (units, scale) => `${units} 个隐藏单元的权重图：蓝色增加，朱红减少，最大 ${scale}。`,
  brainPictures: ({ neurons, labelled, winner }) =>
    `${neurons} 个神经元各自的感受野；${labelled} 个已对应数字${winner >= 0 ? `；这幅图像由 ${winner} 号胜出` : ''}。`,
  mlpTime: (loss, trend) =>
    `这幅图像的损失：${loss}${{ falling: '，总体在下降', rising: '，总体在上升', level: '，总体持平', unknown: '' }[trend]}。`,
  brainTime: (excitatory, first, attempts) =>
    `${excitatory} 个兴奋性脉冲${first === '' ? '' : `，第一个在 ${first} ms`}${attempts > 1 ? `；图像呈现了 ${attempts} 次，一次比一次亮` : ''}。`,
  mlpOutput: (named, share, truth) =>
    `判断为 ${named}，份额 ${share}${truth < 0 ? '' : named === truth ? '，正确' : `；实际是 ${truth}`}。`,
  brainOutput: (named, votes, truth) =>
    named < 0
      ? '没有任何类别得票。'
      : `投票结果是 ${named}，每个神经元平均 ${votes} 个脉冲${truth < 0 ? '' : named === truth ? '，正确' : `；实际是 ${truth}`}。`,
}
