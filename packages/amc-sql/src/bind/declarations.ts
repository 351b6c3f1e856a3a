export { customParameterOf } from './custom-declaration.ts'
export { type InferredParameter, inferDeclarations, inferParameters } from './infer.ts'
