import { registerStack } from './pulumi.ts';

/** The program of plain `pulumi preview` and `pulumi up`: the documents of this repository, for the stack that runs. */
export const { roleIds, audiences, modelDigest } = await registerStack();
