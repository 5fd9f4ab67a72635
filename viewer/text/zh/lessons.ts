// Chinese: the frame around the lessons, and what the models here are not.
import type { Text } from '../en/index.ts'

export const lessons: Text['lessons'] = {
  heading: '课程',
  introduction: '八节课，每节五分钟左右。先预测，再运行，最后看看究竟发生了什么。',
  number: lesson => `第 ${lesson} 课`,
  titles: [
    '两个学习者，一个数字',
    '一个单元',
    '一次前向与 350 毫秒',
    '谁来告诉突触',
    '竞争',
    '标签',
    '账单',
    '把它弄坏',
  ],
  minutes: minutes => `${minutes} 分钟`,
  done: '已完成',
  navigation: '全部课程',
  stepsLabel: '本课的步骤',
  steps: { predict: '预测', run: '运行', reveal: '揭晓', limits: '局限' },
  yourAnswer: '你的预测',
  notAnswered: '你没有作预测。没关系，下面会说明发生了什么。',
  choose: '请先选一个答案。',
  keepAndRun: '记下我的预测，开始运行',
  toReveal: '揭晓',
  toRun: '回到运行',
  next: title => `下一课：${title}`,
  toLimits: '最后一页：这个模型不是什么',
  backToFirst: '从第 1 课重新开始',
  handOver: '用这些设置实时运行',
  handOverHint: '以同样的设置打开舞台，从头训练两个网络。',
  right: '和你预测的一样。',
  wrong: '和你预测的不一样。',
  watchFor: '留意什么',
  tryThis: '这样做',
  whatHappened: '发生了什么',
  same: '相同之处',
  differs: '不同之处',
  caution: '请谨慎',
  sources: '文献',
  teacher: '给教师',
  goal: '目标',
  lead: '如何带课',
  misconceptions: '常见的误解',
  questions: '可以继续追问',
  loadingRecording: '正在获取录像……',
  recordingMissing: '没能获取本课的录像。文字和下面的小实验不依赖它；重新打开本课可以再试一次。',
  measured: '除非另有说明，文中数字都来自一次录下的运行，随机种子为 1。',
  limits: {
    title: '这个模型不是什么',
    introduction:
      '模型总要舍去一些东西，这正是它的用处。在把本页的任何结论搬到大脑或一般的深度网络之前，请记住以下几点。',
    items: [
      {
        title: '它不是大脑',
        text: '它只有一层、几百个同一种类的兴奋性神经元。人脑约有 860 亿个神经元，种类繁多，信号在回路里既向前传，也往回传。这里的“大脑”只是“关于大脑的某个想法的小模型”的简称。',
      },
      {
        title: 'STDP 只是一种假说',
        text: '脉冲的先后次序会改变突触，这是在培养的细胞和脑片中测到的。在活体动物中，起作用的还有发放率、电压、突触在树突上的位置以及化学信号。这里的规则只是一个能符合部分数据的简短公式。',
      },
      {
        title: '它的输入很简单',
        text: '每个像素变成一串随机脉冲：越亮，脉冲越多。这是服从泊松统计的频率编码。眼睛在发出第一个脉冲之前要做的事远不止这些，而且视神经的脉冲彼此并不独立。',
      },
      {
        title: '它的抑制是人为的设计',
        text: '每个兴奋性神经元都配有一个抑制性伙伴，一视同仁地压制所有其他神经元，以此形成竞争。大脑皮层的连接并非如此：抑制性细胞约占五分之一，种类很多，主要作用于附近的细胞。',
      },
      {
        title: '读出时用到了标签',
        text: '网络学习时不用标签。但神经元的名字是用带标签的训练图像取的，算作它的回答的那次投票，也是我们在网络之外做的。所谓准确率，是网络和读出方法合在一起的准确率。',
      },
      {
        title: '它的时间是模拟的',
        text: '350 毫秒是模型里的时间。计算机为此也许只花一毫秒，也许花一分钟。这里没有任何东西能说明大脑或芯片有多快。',
      },
      {
        title: '它学习的步子比论文大',
        text: 'Diehl 与 Cook 的网络要训练好几个小时。为了让人在页面上几分钟内看到结果，这里的增强幅度是论文的两倍，每个脉冲抬高的阈值是论文的三倍。实验室里可以换成论文的常数。',
      },
      {
        title: '它的能耗是算出来的',
        text: '这里的焦耳等于运算次数乘以表中的单价。真实机器的大部分开销，尤其是搬运数据的开销，都没有算进去。它们不是测量值，也说明不了大脑的能耗。',
      },
      {
        title: '这个深度网络很小',
        text: '它只有两个隐藏层，看的是 28×28 的图像，属于大模型之前的时代。它在这里做不好的事，例如遗忘，更大的网络和更好的训练方法可以做得更好。大脑里是否存在类似反向传播的过程，至今没有定论。',
      },
      {
        title: '任务很容易',
        text: 'MNIST 的数字都居中，大小一致，黑底灰字。在更难的图像上差距很大的方法，在这里看起来差不多。这个任务上的排名不能照搬到别处。',
      },
      {
        title: '一次运行只是一次运行',
        text: '你看到的是一个随机种子的结果，换一个种子，数字就会不同。若差别很重要，就该用多个种子各运行一次，再看结果的离散程度：本项目的命令行对比正是这样做的。',
      },
    ],
    sourcesTitle: '延伸阅读',
    sources: [
      { text: 'Diehl 与 Cook 2015：这里重建的网络', address: 'https://doi.org/10.3389/fncom.2015.00099' },
      {
        text: 'Azevedo 等 2009：人脑神经元与非神经元细胞的数量',
        address: 'https://doi.org/10.1002/cne.21974',
      },
      {
        text: 'Feldman 2012：可塑性如何依赖脉冲时间（综述）',
        address: 'https://doi.org/10.1016/j.neuron.2012.08.001',
      },
      {
        text: 'Lillicrap、Santoro、Marris、Akerman 与 Hinton 2020：反向传播与大脑',
        address: 'https://doi.org/10.1038/s41583-020-0277-3',
      },
      {
        text: 'Horowitz 2014：计算的能耗问题及对策',
        address: 'https://doi.org/10.1109/ISSCC.2014.6757323',
      },
    ],
  },
}
