import type { Expression, OrderItem, WindowSpecification } from '../tree.ts'

/** The expressions directly inside one, in the order of the text; queries inside it are not entered. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'column':
    case 'star':
    case 'literal':
    case 'parameter':
    case 'missing':
    case 'subquery':
    case 'exists':
      return []
    case 'call':
      if (expression.filter === null && expression.over === null) return expression.arguments
      return [
        ...expression.arguments,
        ...(expression.filter === null ? [] : [expression.filter]),
        ...(expression.over === null ? [] : windowExpressions(expression.over)),
      ]
    case 'cast':
    case 'unary':
    case 'is':
    case 'extract':
    case 'in-subquery':
      return [expression.operand]
    case 'case':
      return [
        ...(expression.operand === null ? [] : [expression.operand]),
        ...expression.branches.flatMap((branch) => [branch.when, branch.then]),
        ...(expression.otherwise === null ? [] : [expression.otherwise]),
      ]
    case 'binary':
      return [expression.left, expression.right]
    case 'chain':
      return expression.operands
    case 'between':
      return [expression.operand, expression.low, expression.high]
    case 'in-list':
      return [expression.operand, ...expression.items]
    case 'like':
      return [expression.operand, expression.pattern, ...(expression.escape === null ? [] : [expression.escape])]
    case 'interval':
      return [expression.value]
    case 'array':
    case 'row':
      return expression.items
    case 'subscript':
      return [expression.operand, expression.index]
  }
}

/** The expressions of PARTITION BY and ORDER BY. */
export function windowExpressions(window: WindowSpecification): readonly Expression[] {
  return [...window.partitionBy, ...window.orderBy.map((item: OrderItem) => item.expression)]
}
