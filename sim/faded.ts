// When what decays counts as gone.

/**
 * What decays below this is set to 0: on the scale of membranes (mV), currents (nA), conductances (of the leak) and traces (1) it no
 * longer changes a bit, and denormals are thirty times slower.
 */
export const FADED = 1e-12
