// Chinese: lesson 6, labels at every step or only after learning.
import { count, percent } from '../../panels/format.ts'
import type { LessonWords } from '../en/lessonsAll.ts'

export const lesson6: LessonWords['lesson6'] = {
  page: {
    title: '标签',
    question: '每张图片都给答案，还是最后才取几个名字？',
    minutes: 5,
    predict: {
      setting: [
        '标签就是正确答案：“这是 3”。深度网络学习的每一张图片都需要标签。',
        '大脑模型只从图片学习。要让它认数字，我们得给神经元取名：关掉学习，展示带标签的图片，看每个神经元对哪个数字反应最强，就用那个数字称呼它。然后由有名字的神经元投票。',
      ],
      question: '大脑模型已经学完了。我们只有 100 张带标签的图片可以用来取名。它认得怎么样？',
      choices: [
        '和瞎猜差不多，约 10%',
        '远胜于瞎猜，但明显不如标签多的时候',
        '和有 1000 个标签时一样好，或者几乎一样',
      ],
    },
    run: {
      instructions: [
        '选择标签的数量。每次都会在这个页面里，重新给录下的大脑模型的神经元取名。',
        '与只从这些带标签的图片学习的深度网络比较。',
      ],
      watch: [
        '还有多少神经元没有名字：它们对所有带标签的图片都没有发放过。',
        '感受野没有变化。取名不是学习。',
        '哪一个认得更好，标签变多以后会不会改变。',
      ],
    },
    reveal: {
      answer: ({ labels }) => {
        const few = labels.find(row => row.labels === 100)!
        const most = labels.at(-1)!
        return `有 100 个标签时，大脑模型认对 ${percent(few.brain, 0)} 的新数字；有 ${count(most.labels)} 个标签时认对 ${percent(most.brain, 0)}。`
      },
      verdicts: [
        '比这好得多。每个有了名字的神经元，都带来了它不用标签学到的一切。',
        '一百个名字已经很管用，但许多神经元只凭一张图片得名，或者根本没有名字。',
        '还差一些。许多神经元对这 100 张图片都没有发放，也有一些是按它认错的图片得名的。',
      ],
      paragraphs: ({ labels }) => {
        const few = labels.find(row => row.labels === 100)!
        const most = labels.at(-1)!
        return [
          `只从这 100 张带标签的图片反复学习的深度网络，认对 ${percent(few.mlp, 0)}；有 ${count(most.labels)} 张时认对 ${percent(most.mlp, 0)}。没有标签的图片对它毫无用处，可它仍然领先。`,
          '所以，不用标签的学习并不是白得的礼物。它带来的，是在有人说出名字之前就已经各有所指的神经元。这有多大价值，要看它们发现了什么；而这里的神经元只把 10000 张图片看了一遍。',
          '而且，认得好不好还取决于怎样取名。换一种计票方法，同一个网络、同样的脉冲，可能认得更好，也可能更差。所谓“大脑模型的准确率”，永远是网络和读出方法合在一起的准确率。',
        ]
      },
      same: '两者都用同样的图片来评判，这些图片既没有用来学习，也没有用来取名。',
      differs: '标签用在哪里不同。在深度网络里，标签塑造每一个权重；在大脑模型里，没有一个权重取决于标签。',
      caution:
        '取名用的标签只能来自训练图片，绝不能来自测试图片。凡是用测试集来拟合读出的，准确率都偏高。再说，大脑里的东西也并不需要由我们来“读出”。',
      sources: [
        { text: 'Diehl 与 Cook 2015，第 2.5 节', address: 'https://doi.org/10.3389/fncom.2015.00099' },
      ],
    },
    teacher: {
      goal: '分清学习与取名，并看到标签在两个网络里各有什么用。',
      lead: [
        '先把一堆不认识的硬币分成几类，然后才给全班每一类的名字。总共需要几个名字？',
        '请每个人先画出两个网络的准确率随标签数量变化的草图，再揭晓。',
        '问：怎样比较才算公平？答案不止一个。',
      ],
      misconceptions: [
        {
          claim: '大脑模型学习不用标签，所以它不需要标签。',
          reply: '要认数字，它需要名字。没有标签，神经元照样各有专长，但没有人知道专长是什么。',
        },
        {
          claim: '标签越多，大脑模型学到的越多。',
          reply: '标签只是让取名更准。用 10 个标签还是 1000 个，它的权重都一样。',
        },
      ],
      questions: [
        '哪些任务有很多图片，却只有很少的标签？',
        '只看小块，你能给神经元取名吗？试试看。',
        '为什么测试图片必须单独留开？',
      ],
    },
  },
  bench: {
    labels: '标签',
    chartTitle: '准确率与标签数量',
    chartLabel: (labels, brain, mlp) => `有 ${labels} 个标签时，大脑模型认对 ${brain}，深度网络认对 ${mlp}`,
    named: (named, neurons) => `${neurons} 个神经元中有 ${named} 个有名字。`,
    labelAxis: '标签数',
    accuracy: '测试准确率',
    brain: '大脑模型',
    mlp: '深度网络，只用这些标签',
    guessing: '瞎猜',
    namesTitle: '有名字的神经元',
    nameOf: (digit, neurons) => `${digit}：${neurons}`,
    noName: '没有名字',
  },
}
