//! Where a mutant's switch goes: the function's body, the whole expression around an operator, the match arm.

use std::ops::Range;

use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Arm, Block, Expr, Pat, ReturnType, Signature, Type};

/// What is in a file that a switch can be put at, as ranges of bytes.
#[derive(Default)]
pub(super) struct Places {
    pub(super) functions: Vec<Function>,
    /// Each operator or field of a struct, and what is copied when it changes.
    pub(super) expressions: Vec<Expression>,
    pub(super) arms: Vec<MatchArm>,
    /// The chain of binary operators that is being read.
    chain: Option<Range<usize>>,
}

pub(super) struct Function {
    pub(super) name: String,
    /// `const`, where the function is.
    pub(super) constness: Option<Range<usize>>,
    /// With its braces.
    pub(super) body: Range<usize>,
    pub(super) returns: Returns,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Returns {
    Named,
    /// `impl Iterator`, and the body has no `return`: both branches can be one type.
    Iterator,
    /// `impl` of something else.
    Opaque,
}

pub(super) struct Expression {
    pub(super) part: Range<usize>,
    pub(super) whole: Range<usize>,
}

pub(super) struct MatchArm {
    pub(super) start: usize,
    /// Without its guard.
    pub(super) pattern: Range<usize>,
    pub(super) guard: Option<Guard>,
}

pub(super) struct Guard {
    pub(super) range: Range<usize>,
    /// It binds names, so it cannot be part of another expression.
    pub(super) has_let: bool,
}

impl Places {
    pub(super) fn of(text: &str) -> syn::Result<Self> {
        let mut places = Self::default();
        places.visit_file(&syn::parse_file(text)?);
        Ok(places)
    }

    /// The innermost function whose body contains the range.
    pub(super) fn function(&self, range: &Range<usize>) -> Option<&Function> {
        let around = self.functions.iter().filter(|one| one.body.start < range.start && range.end < one.body.end);
        around.min_by_key(|one| one.body.len())
    }

    fn read_function(&mut self, signature: &Signature, body: &Block) {
        let returns = match &signature.output {
            ReturnType::Type(_, of) => match &**of {
                Type::ImplTrait(of) => {
                    let text = of.bounds.iter().next().map(|bound| bound.span().source_text().unwrap_or_default());
                    let is_iterator = text.is_some_and(|text| text.starts_with("Iterator"));
                    let mut leaves = Leaves(false);
                    leaves.visit_block(body);
                    if is_iterator && !leaves.0 { Returns::Iterator } else { Returns::Opaque }
                }
                _ => Returns::Named,
            },
            ReturnType::Default => Returns::Named,
        };
        self.functions.push(Function {
            name: signature.ident.to_string(),
            constness: signature.constness.as_ref().map(|token| token.span.byte_range()),
            body: body.span().byte_range(),
            returns,
        });
    }

    /// An operand is in the chain of its operator only if it is an operator's expression itself.
    fn read_operand(&mut self, operand: &Expr, chain: &Option<Range<usize>>) {
        self.chain = chain.clone().filter(|_| matches!(operand, Expr::Binary(_)));
        self.visit_expr(operand);
    }
}

impl<'ast> Visit<'ast> for Places {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.read_function(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.read_function(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(body) = &function.default {
            self.read_function(&function.sig, body);
        }
        visit::visit_trait_item_fn(self, function);
    }

    fn visit_expr(&mut self, expression: &'ast Expr) {
        let chain = self.chain.take();
        let whole = || expression.span().byte_range();
        match expression {
            // `a || b && c` is not what `(a && b) && c` becomes, so the whole chain is copied. One with a `let` in it cannot be.
            Expr::Binary(of) if has_let(expression) => {
                self.read_operand(&of.left, &None);
                self.read_operand(&of.right, &None);
            }
            Expr::Binary(of) => {
                let chain = chain.unwrap_or_else(whole);
                self.expressions.push(Expression { part: of.op.span().byte_range(), whole: chain.clone() });
                self.read_operand(&of.left, &Some(chain.clone()));
                self.read_operand(&of.right, &Some(chain));
            }
            Expr::Unary(of) => {
                self.expressions.push(Expression { part: of.op.span().byte_range(), whole: whole() });
                visit::visit_expr(self, expression);
            }
            Expr::Struct(of) => {
                for field in &of.fields {
                    self.expressions.push(Expression { part: field.span().byte_range(), whole: whole() });
                }
                visit::visit_expr(self, expression);
            }
            _ => visit::visit_expr(self, expression),
        }
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        let start = arm.span().byte_range().start;
        let (pattern, guard) = match &arm.pat {
            Pat::Guard(of) => {
                let guard = Guard { range: of.guard.span().byte_range(), has_let: has_let(&of.guard) };
                (of.pat.span().byte_range(), Some(guard))
            }
            pattern => (pattern.span().byte_range(), None),
        };
        self.arms.push(MatchArm { start, pattern, guard });
        visit::visit_arm(self, arm);
    }
}

/// Whether it is a chain of `let`.
fn has_let(expression: &Expr) -> bool {
    match expression {
        Expr::Let(_) => true,
        Expr::Binary(of) => has_let(&of.left) || has_let(&of.right),
        _ => false,
    }
}

/// Whether a body leaves before its end. What leaves a closure within it counts as well.
struct Leaves(bool);

impl<'ast> Visit<'ast> for Leaves {
    fn visit_expr_return(&mut self, _: &'ast syn::ExprReturn) {
        self.0 = true;
    }

    fn visit_expr_try(&mut self, _: &'ast syn::ExprTry) {
        self.0 = true;
    }
}
