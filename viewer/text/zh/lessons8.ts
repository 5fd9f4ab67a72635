// Chinese: lesson 8, break it.
import { count, percent } from '../../panels/format.ts'
import type { LessonWords } from '../en/lessonsAll.ts'

export const lesson8: LessonWords['lesson8'] = {
  page: {
    title: '把它弄坏',
    question: '两个网络各会忘记什么，又经得住什么？',
    minutes: 6,
    predict: {
      setting: [
        '好的测试会设法把东西弄坏。我们让一些单元沉默，给图片加噪声，自己写数字，还在半路改变任务。',
        '在这次运行里，两个网络先只看 0 到 4，然后只看 5 到 9，再也不看 0 到 4。',
      ],
      question: '到最后，谁还认得 0 到 4？',
      choices: ['深度网络', '大脑模型', '都认得', '都不认得'],
    },
    run: {
      instructions: [
        '播放录像，越过任务改变的那一刻，或者直接拖到那里。',
        '然后看看让单元沉默、给像素加噪声，会发生什么。',
        '到舞台上写一个自己的数字：“用这些设置实时运行”会带你过去。',
      ],
      watch: [
        '任务改变以后，0 到 4 的两条曲线。',
        '大脑的小块：新数字到来时，哪些在变？',
        '随着沉默的单元越来越多，两个网络各自下降得多快。',
      ],
    },
    reveal: {
      answer: ({ forgetting }) =>
        `在 0 到 4 上，深度网络从 ${percent(forgetting.before.mlp, 0)} 降到 ${percent(forgetting.after.mlp, 0)}，大脑模型从 ${percent(forgetting.before.brain, 0)} 变为 ${percent(forgetting.after.brain, 0)}。`,
      verdicts: [
        '它几乎立刻就忘了。它的所有权重服务于所有数字，没有什么要求它保住旧的答案。',
        '只有发放的神经元才会改变，而负责 0 到 4 的神经元里，有足够多的保住了学到的东西。',
        '只有一个认得。深度网络的权重都转向了新数字。',
        '大脑模型保住了大部分：不发放的神经元不会改变。',
      ],
      paragraphs: ({ forgetting, lesions, noise }) => {
        const half = lesions.find(({ share }) => share === 0.5)!
        const noisy = noise.find(({ level }) => level === 0.5)!
        return [
          `这叫灾难性遗忘。梯度下降只降低眼前所见的误差，没有出现的东西没有发言权。在新数字 5 到 9 上，深度网络达到 ${percent(forgetting.newDigits.mlp, 0)}，大脑模型达到 ${percent(forgetting.newDigits.brain, 0)}。`,
          '在大脑模型里，每张图片只改变少数赢家，而赢得多的神经元很难再被驱动。许多旧的神经元保住了学到的东西。代价是剩下来接过新数字的神经元很少，新数字学得慢得多。',
          `随机让一半单元沉默后，深度网络认对 ${percent(half.mlp, 0)}，大脑模型认对 ${percent(half.brain, 0)}。给每个像素加上最大亮度一半的噪声后，分别是 ${percent(noisy.mlp, 0)} 和 ${percent(noisy.brain, 0)}：这样的噪声点亮了暗像素，它们于是也都发出脉冲。`,
        ]
      },
      same: '同样的图片、同样的次序、同样的噪声、同样比例的沉默单元、同样的测试。',
      differs:
        '在深度网络里，每张图片都会移动遍布整个网络的权重；在大脑模型里，一张图片只移动少数赢家的权重。',
      caution:
        '遗忘并不是深度网络的宿命：掺进旧图片，或者保护重要的权重，就能避免大部分遗忘。这个结果也不说明大脑不会忘。另外，对 192 个隐藏单元和对几百个神经元来说，“沉默一半”的含义也不一样。',
      sources: [
        {
          text: 'McCloskey 与 Cohen 1989：联结主义网络中的灾难性干扰',
          address: 'https://doi.org/10.1016/S0079-7421(08)60536-8',
        },
        {
          text: 'Kirkpatrick 等 2017：克服神经网络的灾难性遗忘',
          address: 'https://doi.org/10.1073/pnas.1611835114',
        },
      ],
    },
    teacher: {
      goal: '能解释灾难性遗忘，以及为什么互相竞争的神经元靠局部学习忘得更少。',
      lead: [
        '学一种虚构语言的十个词，再学意思相同的另外十个词，然后考前十个。',
        '在任务改变的那一刻停下来，让全班画出两条曲线接下来的走势。',
        '收集只骗得过其中一个网络的数字。它们有什么共同点？',
      ],
      misconceptions: [
        {
          claim: '大脑模型记得更牢，所以它是更好的学习者。',
          reply: '它的代价是学得更慢、准确率更低。保住旧的与学会新的，是相互拉扯的。',
        },
        {
          claim: '能读好 MNIST 的网络，看数字和我们一样。',
          reply: '把数字平移几个像素，或者在角落里写小一点，再看看。两者都只见过居中、大小一致的数字。',
        },
      ],
      questions: [
        '怎样让深度网络记住旧的数字？',
        '如果所有神经元都被占用了，大脑模型还能怎么办？',
        '遗忘有没有用处？',
      ],
    },
  },
  bench: {
    forgettingTitle: '在数字 0 到 4 上的准确率',
    change: '从这里起只有 5 到 9',
    forgettingLabel: (images, mlp, brain) =>
      `看过 ${images} 张图片后，在数字 0 到 4 上：深度网络 ${mlp}，大脑模型 ${brain}`,
    imageAxis: '看过的图片',
    accuracy: '测试准确率',
    mlp: '深度网络',
    brain: '大脑模型',
    kind: '弄坏什么',
    kinds: { lesion: '让单元沉默', noise: '给像素加噪声' },
    level: { lesion: '沉默单元的比例', noise: '噪声，占最大亮度的比例' },
    at: (level, mlp, brain) => `${level}：深度网络 ${mlp}，大脑模型 ${brain}`,
    images: '看过的图片',
    count: images => count(images),
    guessing: '瞎猜',
    drawYourOwn: '写一个自己的数字',
    tryLesion: '实时让单元沉默',
  },
}
