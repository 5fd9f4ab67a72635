// Chinese: lesson 4, who tells a synapse.
import { signed } from '../../panels/format.ts'
import type { LessonWords } from '../en/lessonsAll.ts'

export const lesson4: LessonWords['lesson4'] = {
  page: {
    title: '谁来告诉突触',
    question: '突触必须改变。它怎么知道该往哪个方向变？',
    minutes: 6,
    predict: {
      setting: [
        '在深度网络里，误差在输出端算出，再经由权重一层一层往回传，这就是反向传播。传到一个单元的量叫做 δ（delta）。它的每个权重怎样改变，由 δ 乘以该权重自己的输入决定。',
        '在大脑模型里，没有东西往回传。突触只知道它连接的两个神经元在什么时候发放过。这条规则叫做脉冲时间依赖可塑性（STDP）：要紧的是谁先发放，另一个又晚了多少。',
      ],
      question: '输入神经元在目标神经元发放之后不久才发放。成对 STDP 规则会怎么做？',
      choices: ['增强这个突触', '减弱这个突触', '什么也不做：先后无所谓'],
    },
    run: {
      instructions: [
        '在时间轴上拖动两个脉冲，或者选中一个后按方向键。先让输入在目标之前，再让它在目标之后。',
        '切换到三脉冲规则，也就是舞台上的大脑模型所用的规则。它需要目标神经元再有一个脉冲。',
        '在左边只改变正确答案，其他都不动。',
      ],
      watch: [
        '次序颠倒时，改变量的正负号。',
        '两个脉冲离得远时，作用怎样消退。',
        '在左边：同样的输入，同样的活动，只因答案不同，改变就正好相反。',
      ],
    },
    reveal: {
      answer: ({ timing }) =>
        `它会减弱突触。对于 0.5 的权重，输入比目标早 10 毫秒时改变 ${signed(timing.pairBefore, 2)}，比目标晚 10 毫秒时改变 ${signed(timing.pairAfter, 2)}。`,
      verdicts: [
        '输入先到时才会这样：那时它可能帮助了目标发放。',
        '来得太晚的输入不可能引起那个脉冲，所以突触被减弱。',
        '先后次序正是这条规则的核心。把它颠倒过来，改变的符号也就反了。',
      ],
      paragraphs: ({ timing }) => [
        '可以这样理解 STDP：紧接在目标脉冲之前到来的输入，可能帮助引起了这个脉冲，于是被增强；紧随其后到来的输入不可能是原因，于是被减弱。',
        `这里的大脑模型用的是涉及三个脉冲的规则。单独一对脉冲，即使输入在前，也${timing.tripletPair === 0 ? '不会带来任何改变' : `只改变 ${signed(timing.tripletPair, 2)}`}；只有目标在此前不久也发放过，突触才会增强，在这个例子里是 ${signed(timing.tripletTriple, 2)}。减弱的幅度只有三脉冲增强上限的百分之一。取而代之的是：每张图片之前，进入一个神经元的全部权重都会按比例缩放到固定的总和，突触因此要互相竞争。`,
        '反向传播需要知道正确答案，还需要误差沿着信号来时的那些权重原路返回。STDP 两样都不需要。但也没有人告诉它，这个数字是 3 还是 5。',
      ],
      same: '两种改变都是输入一侧的量与目标一侧的量的乘积。到最后，这两个量都出现在突触处。',
      differs:
        '目标一侧带来的东西不同。δ 携带着来自输出端的误差，可正可负；在 STDP 里则是目标自己的脉冲，与答案无关。',
      caution:
        'STDP 是在培养的神经元和脑片中测到的，形式多种多样。它是关于突触如何学习的一种假说；在动物体内，还要看发放率、电压、树突上的位置和化学信号。大脑是否做着类似反向传播的事，尚无定论。',
      sources: [
        {
          text: 'Bi 与 Poo 1998：培养的海马神经元中的突触修饰',
          address: 'https://doi.org/10.1523/JNEUROSCI.18-24-10464.1998',
        },
        {
          text: 'Pfister 与 Gerstner 2006：脉冲时间依赖可塑性模型中的三脉冲组',
          address: 'https://doi.org/10.1523/JNEUROSCI.1425-06.2006',
        },
        {
          text: 'Song、Miller 与 Abbott 2000：通过脉冲时间依赖可塑性实现竞争性赫布学习',
          address: 'https://doi.org/10.1038/78829',
        },
        {
          text: 'Lillicrap、Santoro、Marris、Akerman 与 Hinton 2020：反向传播与大脑',
          address: 'https://doi.org/10.1038/s41583-020-0277-3',
        },
      ],
    },
    teacher: {
      goal: '能解释在每条规则下，突触用到了什么信息，这些信息又从哪里来。',
      lead: [
        '让学生来扮演：一个人当突触，两个人当会拍手的神经元。突触只凭拍手的先后向前或向后迈一步。',
        '再扮演反向传播：前面一个人看得到答案，把写着“多”或“少”的卡片一排一排往回传。',
        '问：这两个游戏，哪一个需要有人知道答案？',
      ],
      misconceptions: [
        {
          claim: '一起发放的神经元就会连在一起。',
          reply: '在 STDP 里，要紧的是谁先发放。严格同时，正好是增强与减弱的分界。',
        },
        {
          claim: '大脑模型会检查自己的回答对不对。',
          reply: '它不知道有“回答”这回事。它只是让一个发放了的神经元，更像引起它发放的东西。',
        },
      ],
      questions: [
        '如果突触只会增强，会出什么问题？',
        '奖励怎样才能让 STDP 学到有用的东西？',
        '对真实的神经来说，“沿同样的权重往回传”为什么是个难题？',
      ],
    },
  },
  bench: {
    gradientTitle: '深度网络：由误差告知',
    timingTitle: '大脑模型：由时间告知',
    answer: '正确答案',
    classes: ['A', 'B', 'C'],
    input: '输入 x',
    hidden: '单元的活动',
    probability: '它的回答',
    error: '误差',
    delta: 'δ，传回来的量',
    gradient: 'dL/dw = δ × x',
    change: '权重的改变',
    rule: '规则',
    rules: { pair: '成对规则', triplet: '三脉冲规则（舞台）' },
    pre: '输入脉冲',
    post: '目标脉冲',
    firstPost: '较早的目标脉冲',
    at: time => `${time} 毫秒`,
    order: delay =>
      delay > 0 ? `输入比目标早 ${delay} 毫秒` : delay < 0 ? `输入比目标晚 ${-delay} 毫秒` : '两者同时',
    course: '权重随时间的变化',
    courseLabel: change => `100 毫秒内的权重；最后改变了 ${change}`,
    window: '成对规则下每个时间差的改变',
    windowLabel: (delay, change) => `时间差为 ${delay} 毫秒时，权重改变 ${change}`,
    timeAxis: '时间，毫秒',
    delayAxis: '目标晚于输入，毫秒',
    keys: '方向键把脉冲移动 1 毫秒，Page Up 和 Page Down 移动 10 毫秒。',
  },
}
