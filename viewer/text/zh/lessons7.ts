// Chinese: lesson 7, the bill.
import { brainBill, horowitz, mlpBill } from '../../lessons/laboratory/bill.ts'
import { compact, energy } from '../../panels/format.ts'
import type { LessonWords } from '../en/lessonsAll.ts'

export const lesson7: LessonWords['lesson7'] = {
  page: {
    title: '账单',
    question: '一个答案要花多少：多少次运算，多少时间，多少焦耳？',
    minutes: 6,
    predict: {
      setting: [
        '深度网络又乘又加：每个输入不为零的权重，要做一次乘加。大脑模型在突触上只做加法：一个脉冲到来时，相应的权重就加到它们通向的神经元上。',
        '脉冲很稀少，加法又比乘法便宜。所以常有人说，脉冲网络省电。',
      ],
      question: '读一个数字，这两个网络哪一个在突触上做的运算更多？',
      choices: ['深度网络', '大脑模型', '差不多'],
    },
    run: {
      instructions: [
        '次数是在录下的运行中数出来的。选择“读数字”或“学数字”。',
        '然后给每种运算定价，看账单怎样变化。初始价格取自一张关于 45 纳米芯片的著名表格。',
        '再加上从内存取一个权重的价格，这一项多数账单都不算。',
      ],
      watch: [
        '大脑模型的账单里，哪一部分最大。',
        '要满足什么条件，大脑模型才更便宜。',
        '答案在多大程度上取决于这里没有人测量过的价格。',
      ],
    },
    reveal: {
      answer: ({ bill }) =>
        `大脑模型更多：读一个数字要做 ${compact(bill.brainReading)} 次加法，深度网络则是 ${compact(bill.mlpReading)} 次乘加。`,
      verdicts: [
        '它的单元少，而且只看一遍。大脑模型要看 350 毫秒，有几百个神经元和几千个输入脉冲。',
        '大约两千个输入脉冲，每一个都会到达所有兴奋性神经元。',
        '两者相差很远：大脑模型要看 350 毫秒，每个输入脉冲又会到达它的所有神经元。',
      ],
      paragraphs: ({ bill }) => [
        `按初始价格，读一个数字，深度网络要 ${energy(mlpBill(bill, horowitz, false).total)}，大脑模型要 ${energy(brainBill(bill, horowitz, false).total)}。后者大部分花在膜上：不管有没有脉冲，膜每半毫秒都要更新一次。`,
        '这是这个模拟程序的账单，不是大脑的，也不是神经形态芯片的。用模拟电路实现膜的芯片，不必为一步步更新膜付费，却要为别的东西付费。',
        '只数脉冲，并不能证明脉冲网络省电。把内存和数据搬运也算进去的研究发现：只有脉冲极少、时间步也很少时，才会省电。',
      ],
      same: '两者用同样的方法计数：每个不为零的输入，遇到每个权重，算一次运算。',
      differs:
        '深度网络做乘法，而且只做一遍。大脑模型做加法，却要在图片出现的 700 步里一遍遍地做；此外还得维持它的膜，连随后静息的 300 步也要算上。',
      caution:
        '这里的焦耳是模型：次数乘以某种旧工艺下单次运算的价格。搬运数据往往比计算更费电。两个网络的准确率也不一样，所以即使价格真实，买到的也不是同一样东西。而大脑的能耗，说明不了这个模型的能耗。',
      sources: [
        {
          text: 'Horowitz 2014：计算的能耗问题及对策',
          address: 'https://doi.org/10.1109/ISSCC.2014.6757323',
        },
        {
          text: 'Yik 等 2025：NeuroBench，评测神经形态算法与系统的框架',
          address: 'https://doi.org/10.1038/s41467-025-56739-4',
        },
        {
          text: 'Yan、Bai 与 Wong 2024：重新审视脉冲神经网络的能效',
          address: 'https://arxiv.org/abs/2409.08290',
        },
      ],
    },
    teacher: {
      goal: '分清计数与模型，并能说出一个关于能耗的结论依赖哪些假设。',
      lead: [
        '先问一趟旅行要花多少，却不说指的是油、时间还是钱。这里也一样。',
        '让两组学生各自通过定价，使“自己的”网络显得更便宜，并为价格辩护。',
        '最后列出没有算进去的东西。',
      ],
      misconceptions: [
        {
          claim: '大脑只用 20 瓦，所以脉冲网络很省电。',
          reply: '大脑的这个数大致不错，但不能搬到一个在普通芯片上模仿几个神经元的程序上。',
        },
        {
          claim: '运算越少，能耗总是越低。',
          reply:
            '只有每次运算价格相同、又没有别的开销时才成立。从远处的内存取一个数，可能要花一次加法的几百倍。',
        },
      ],
      questions: [
        '要真正比较焦耳，需要测量什么？',
        '如果每个输入只发一个脉冲而不是许多个，账单会怎样？',
        '“每个数字”是合适的单位吗？换成“每个认对的数字”呢？',
      ],
    },
  },
  bench: {
    reading: '读一个数字',
    learning: '学一个数字',
    task: '任务',
    counts: '每个数字的次数',
    prices: '价格，皮焦',
    multiplyAccumulate: '一次乘加',
    accumulate: '一次加法',
    membraneUpdate: '一次膜更新',
    memory: '取一个权重',
    mlp: '深度网络',
    brain: '大脑模型',
    synapses: '突触',
    membranes: '膜',
    memoryPart: '内存',
    mlpOperations: '次乘加',
    brainOperations: '次突触加法',
    updates: '次膜更新',
    billLabel: (mlp, brain) => `每个数字：深度网络 ${mlp}，大脑模型 ${brain}`,
    ratio: (times, mlpCheaper) =>
      mlpCheaper
        ? `按这些价格，大脑模型的花费是深度网络的 ${times} 倍。`
        : `按这些价格，深度网络的花费是大脑模型的 ${times} 倍。`,
    model: '这是模型：次数乘以你定的价格。两边的准确率并不相同。',
    reset: '恢复初始价格',
  },
}
