// Chinese: lesson 3, one pass and 350 ms.
import { count, fixed, percent } from '../../panels/format.ts'
import type { LessonWords } from '../en/lessonsAll.ts'

export const lesson3: LessonWords['lesson3'] = {
  page: {
    title: '一次前向与 350 毫秒',
    question: '答案是怎样产生的：一遍算完，还是在时间中形成？',
    minutes: 5,
    predict: {
      setting: [
        '深度网络一遍就读完一个数字：输入、第一层、第二层、回答。每一层都等前一层算完。其中没有时钟。',
        '大脑模型会在 350 毫秒的模拟时间里一直看着这个数字。亮像素比暗像素发出更多脉冲，时刻是随机的。每个兴奋性脉冲都是投给某个数字的一票。',
      ],
      question: '我们提前停下时钟，数一数到此为止的票。什么时候的结果就和最后差不多了？',
      choices: ['最初的 100 毫秒之内', '大约 200 毫秒之后', '快到 350 毫秒时'],
    },
    run: {
      instructions: [
        '慢速播放。看左边各层依次亮起，右边脉冲渐渐聚集。',
        '拨动下面的时钟。它会对录下的每一张测试图片，数出训练好的大脑模型在那一刻之前的票。',
      ],
      watch: [
        '发放的神经元是多么少，第一个又来得多么早。',
        '最初的脉冲之后，其他神经元怎样了。',
        '票数会不会改主意？',
      ],
    },
    reveal: {
      answer: ({ moment }) =>
        `${count(moment.toHalf)} 毫秒时已有最终准确率的一半，${count(moment.toNineTenths)} 毫秒时已有九成。`,
      verdicts: [
        '第一批脉冲来得很早，随后不久就有一个神经元占了上风，余下的脉冲大多由它发出。',
        '还要更早。抑制很快就把大部分票留给一个神经元，那时大局多半已定。',
        '早得多。350 毫秒里的大部分时间，只是在重复最初 100 毫秒说过的话。',
      ],
      paragraphs: ({ moment }) => [
        `读一个数字，大约有 ${count(moment.inputSpikes)} 个输入脉冲到来，而兴奋层只发出大约 ${fixed(moment.excitatorySpikes, 0)} 个脉冲，平均来自 ${fixed(moment.neuronsFiring, 1)} 个神经元。第一批脉冲在 5 毫秒之内来自 ${fixed(moment.firstNeurons, 1)} 个神经元；在 ${percent(moment.winnerAmongFirst, 0)} 的图片里，发放最多的神经元就在其中；它发出全部脉冲的 ${percent(moment.winnerShare, 0)}，因为每个脉冲都会让其他神经元安静一会儿，第 5 课会讲到。`,
        `到 350 毫秒时，在这次录像的 ${count(moment.testImages)} 张测试图片中，投票认对了 ${percent(moment.accuracy, 0)}。看得更久帮助不大，因为赢家会一直赢。`,
        '深度网络没有这样的曲线。一遍算完之前，它没有答案；算完之后，答案就全在了。但这一遍也是一串必须由芯片依次完成的运算，所以同样要花时间，只是这时间对网络本身没有意义。',
      ],
      same: '两者都把 784 个像素变成十个数，最大的那个就是回答。',
      differs:
        '一个一遍就给出答案，每次完全相同。另一个的答案在时间中从随机的脉冲里长出来，可以提前询问，而且每看一次都可能略有不同。',
      caution:
        '350 毫秒是模拟时间。计算机要算多久是另一回事，这个数也说明不了大脑或芯片有多快。人在大约 150 毫秒内就能看出图片里有没有动物，但靠的不是这个网络的办法。',
      sources: [
        {
          text: 'Thorpe、Fize 与 Marlot 1996：人类视觉系统的处理速度',
          address: 'https://doi.org/10.1038/381520a0',
        },
        { text: 'Diehl 与 Cook 2015，第 2 节', address: 'https://doi.org/10.3389/fncom.2015.00099' },
      ],
    },
    teacher: {
      goal: '分清三种时间：模拟时间、一遍运算中的先后次序、计算机实际花费的时间。',
      lead: [
        '以每秒十分之一张的速度播放一个数字，请一位学生在第一个兴奋性脉冲出现时喊出来。',
        '拨动时钟之前，请每个人画出自己预想的曲线。多数人会画一条直线。',
        '然后问：剩下的 250 毫秒有什么用？（其中一个用处：为学习提供足够的脉冲。）',
      ],
      misconceptions: [
        {
          claim: '大脑模型很慢，要 350 毫秒。',
          reply: '那是它自己世界里的时间。计算机不必花这么久，而且只需其中一小部分时间，结果多半就定了。',
        },
        {
          claim: '脉冲越多，答案越好。',
          reply: '在这里，最初 100 毫秒的脉冲就带来了大部分信息，后面的多半是重复。',
        },
      ],
      questions: [
        '什么时候会希望答案可以提前询问？',
        '为什么看同一个数字两次，脉冲并不一样？',
        '如果数字很暗，会怎样？',
      ],
    },
  },
  bench: {
    clock: '把时钟停在',
    chartTitle: '到此为止的投票准确率',
    chartLabel: (time, accuracy) => `在 ${time} 毫秒时，投票认对 ${accuracy}`,
    time: '数字出现后的时间，毫秒',
    accuracy: '测试准确率',
    now: (time, accuracy) => `${time} 毫秒时：认对 ${accuracy}`,
    guessing: '瞎猜',
  },
}
