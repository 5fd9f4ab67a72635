// Chinese: lesson 5, competition by softmax and by inhibition.
import { count, fixed, percent } from '../../panels/format.ts'
import type { LessonWords } from '../en/lessonsAll.ts'

export const lesson5: LessonWords['lesson5'] = {
  page: {
    title: '竞争',
    question: '许多单元怎样得出一个答案，又怎样各司其职？',
    minutes: 5,
    predict: {
      setting: [
        '深度网络的最后一步是 softmax：十个和变成十个份额，加起来等于 1。一个份额变大，其余的就变小。',
        '在大脑模型里，每个发放的神经元都会通过自己的抑制性神经元，让所有其他神经元安静一会儿，这叫侧抑制。因此，每张图片只有少数神经元学到很多。',
      ],
      question: '我们关掉抑制，让大脑模型重新学习。它的神经元会学到什么？',
      choices: ['同样的图案，只是更快', '几乎全是同一幅模糊的图案', '什么也没学到：小块仍是噪声'],
    },
    run: {
      instructions: [
        '下面是两次录下的运行，一次有抑制，一次没有。前后拨动，比较那些小块。',
        '然后改变八个细胞的抑制强度。它们受到八种强弱不同的驱动。',
        '提高 softmax 的锐度，直到一个份额几乎独占全部。',
      ],
      watch: [
        '八个细胞里到底有几个在发放。',
        '赢的总是驱动最强的细胞吗？把领先幅度调小试试。',
        '小块：两个神经元之间差别有多大？',
      ],
    },
    reveal: {
      answer: ({ competition }) =>
        `没有抑制时，几乎所有神经元都学到同一幅模糊的图案：两个感受野的平均相关系数是 ${fixed(competition.without.likeness, 2)}；有抑制时是 ${fixed(competition.with.likeness, 2)}。`,
      verdicts: [
        '让它们彼此不同的正是抑制。没有抑制，每张图片都有许多神经元在学，学到的也差不多。',
        '每个数字都有许多神经元发放，而所有数字都会出现，所以它们学到的都是所有数字的平均。',
        '它们确实在学。没有抑制，每张图片都有许多神经元发放，发放的就会改变，而且变得一样。',
      ],
      paragraphs: ({ competition }) => [
        `有抑制时，平均每张图片有 ${fixed(competition.with.neuronsFiring, 1)} 个神经元发放（共 ${count(competition.neurons)} 个）；没有抑制时有 ${fixed(competition.without.neuronsFiring, 0)} 个。保持安静的神经元不学习，把已有的东西留给别的数字。`,
        `看过 ${count(competition.images)} 张图片后，有抑制时投票认对 ${percent(competition.with.accuracy, 0)}，没有抑制时认对 ${percent(competition.without.accuracy, 0)}。`,
        '还有一件事防止同一个神经元总是赢：每发放一个脉冲，它自己的阈值就升高一点，而且降得非常慢。赢得多的神经元，需要更强的驱动才能再赢。',
        'softmax 不是时间中的比赛。所有份额同时算出，而且“输掉”的单元也在学习：误差告诉它们下次要低一些。',
      ],
      same: '两者都把许多强弱变成一个突出最强者的结果，而且一方赢，必然是以其他各方为代价。',
      differs:
        'softmax 只作用于输出，并保持各个和的大小次序。抑制作用于正在学习的神经元之间，发生在时间里，偶然因素可能让并非最强的那个赢。',
      caution:
        '每个神经元配一个抑制性伙伴，以同样的强度作用于所有其他神经元，这样的设计只是为了让竞争能够进行。在大脑皮层，抑制性细胞约占五分之一，种类很多，作用也不只是选出赢家。',
      sources: [
        {
          text: 'Diehl 与 Cook 2015，第 2.2 与 2.4 节',
          address: 'https://doi.org/10.3389/fncom.2015.00099',
        },
        {
          text: 'Tremblay、Lee 与 Rudy 2016：新皮层的 GABA 能中间神经元',
          address: 'https://doi.org/10.1016/j.neuron.2016.06.033',
        },
        {
          text: 'Maass 2000：赢者通吃的计算能力',
          address: 'https://doi.org/10.1162/089976600300014827',
        },
      ],
    },
    teacher: {
      goal: '看到竞争使神经元各有专长，并且明白 softmax 与抑制做的是不同的事。',
      lead: [
        '展示一张图片，谁站起来，其他人就都得坐一会儿。问：怎样才能不让同一个人总是赢？（这就是自适应阈值。）',
        '让全班调节抑制，使得恰好一个、恰好两个、恰好三个细胞发放。',
        '先安静地对比两幅拼图十秒钟，再开始讨论。',
      ],
      misconceptions: [
        {
          claim: '赢的总是最匹配的神经元。',
          reply: '多数时候是，但不总是：脉冲随机到来，每个脉冲都会让别人安静一会儿。',
        },
        {
          claim: 'softmax 给出的是答对的概率。',
          reply: '它给出的是加起来等于 1 的份额。0.9 的份额是不是十次里对九次，需要测量才知道。',
        },
      ],
      questions: [
        '如果抑制很强，又没有自适应阈值，会怎样？',
        '还有哪些地方，竞争会让事物变得不同？',
        '深度网络的隐藏层也能用上竞争吗？',
      ],
    },
  },
  bench: {
    softmaxTitle: '深度网络：softmax 的份额',
    inhibitionTitle: '大脑模型：抑制下的脉冲',
    lead: '最强驱动的领先幅度',
    sharpness: 'softmax 的锐度',
    inhibition: '抑制',
    published: '论文值：17',
    firing: cells => `8 个细胞中有 ${cells} 个发放。`,
    winner: (cell, best) =>
      best ? `细胞 ${cell} 赢了，它受到的驱动最强。` : `细胞 ${cell} 赢了，尽管它受到的驱动不是最强。`,
    tie: '没有单独的赢家。',
    rasterLabel: counts => `350 毫秒内细胞 1 到 8 的脉冲数：${counts}`,
    sharesLabel: shares => `细胞 1 到 8 的份额：${shares}`,
    drive: '驱动',
    with: '有抑制',
    without: '没有抑制',
    fields: (name, images) => `${name}：看过 ${images} 张图片后的感受野`,
    images: '看过的图片',
    timeAxis: '时间，毫秒',
  },
}
