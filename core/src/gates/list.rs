//! The list: a macro that makes the enums, their order and codes, and the calls to each gate's file.

use alloc::string::String;

/// A camel case name as words: `paid plan`.
pub(super) fn spaced(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}

/// Makes every type and function that names each gate: [`Gate`](super::Gate), [`Evidence`](super::Evidence),
/// [`Rejection`](super::Rejection), the members of the [`Policy`](super::Policy), and the calls to each gate's file.
macro_rules! gates {
    ($(
        $(#[$gate_doc:meta])*
        $gate:ident in $($module:ident)::+ $({ $(#[$member_doc:meta])+ $member:ident: $($figures:ident)::+ })?
            $(opened by $another_plan:ident)?
            => [ $( $(#[$evidence_doc:meta])* $evidence:ident $(($proof:ty))? $(= $said:literal)? ),* ]
            else [ $( $(#[$rejection_doc:meta])* $code:literal $rejection:ident $(($refusal:ty))? $(= $unit:expr)? ),* ];
    )+) => {
        policy! { $( $( $(#[$member_doc])+ $member: $($figures)::+; )? )+ }

        /// A gate. The order of declaration is the order of the checks.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[ringup_derive::data]
        #[serde(rename_all = "snake_case")]
        pub enum Gate {
            $( $(#[$gate_doc])* $gate, )+
        }

        /// The figures that a passed gate compared.
        #[derive(Clone, Debug, Eq, PartialEq)]
        #[ringup_derive::data]
        #[serde(tag = "compared", rename_all = "snake_case", deny_unknown_fields)]
        pub enum Evidence {
            /// The policy has no such rule, or the request has nothing for it to look at.
            NotApplicable,
            $( $( $(#[$evidence_doc])* $evidence $(($proof))?, )* )+
        }

        /// Why a purchase is refused, with the figures compared. A refusal changes nothing.
        #[derive(Clone, Debug, Eq, PartialEq)]
        #[ringup_derive::data]
        #[serde(tag = "code", rename_all = "snake_case", deny_unknown_fields)]
        pub enum Rejection {
            $( $( $(#[$rejection_doc])* $rejection $(($refusal))?, )* )+
        }

        impl Gate {
            /// Every gate, in order.
            pub const ALL: [Self; [$(stringify!($gate)),+].len()] = [$(Self::$gate),+];

            /// The name in a sentence: `paid plan`.
            #[must_use]
            pub fn title(self) -> String {
                spaced(match self {
                    $( Self::$gate => stringify!($gate), )+
                })
            }

            /// The gates that another plan may open.
            pub(crate) const OF_THE_PLAN: &[Self] = &[$( $( { stringify!($another_plan); Self::$gate }, )? )+];
        }

        impl Rejection {
            /// The stable code in Rust, JSON and TypeScript: `key_reused`.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self {
                    $( $( Self::$rejection { .. } => $code, )* )+
                }
            }

            /// The refusal's behaviour, and the gate of the list.
            fn refusal(&self) -> (&dyn Refusal, Gate) {
                match self {
                    $( $( Self::$rejection $((gates!(@bound $refusal, refused)))? => {
                        ($( gates!(@bound $refusal, refused) )? $( &$unit )?, Gate::$gate)
                    } )* )+
                }
            }
        }

        impl Rejection {
            /// Writes the sentence with the amounts of this shop.
            fn write(&self, f: &mut fmt::Formatter<'_>, decimals: Decimals<'_>) -> fmt::Result {
                let template: &dyn Sentence = match self {
                    $( $( Self::$rejection $((gates!(@bound $refusal, refused)))? => {
                        $( gates!(@bound $refusal, refused) )? $( &$unit )?
                    } )* )+
                };
                template.write(f, decimals)
            }
        }

        impl Evidence {
            /// Writes the sentence with the amounts of this shop.
            fn write(&self, f: &mut fmt::Formatter<'_>, decimals: Decimals<'_>) -> fmt::Result {
                let template: &dyn Sentence = match self {
                    Self::NotApplicable => &"there is no such rule, or nothing for it to look at",
                    $( $( Self::$evidence $((gates!(@bound $proof, proved)))? => {
                        $( gates!(@bound $proof, proved) )? $( &$said )?
                    } )* )+
                };
                template.write(f, decimals)
            }
        }

        /// Judges one gate.
        pub(crate) fn judge(gate: Gate, input: &Input<'_>) -> Verdict {
            match gate {
                $( Gate::$gate => $($module)::+::judge(input).into(), )+
            }
        }

        /// The deciding field of a gate. `None` if no policy could change its judgement.
        pub(crate) fn deciding_field(gate: Gate, input: &Input<'_>, judged: &Verdict) -> Option<DecidingField> {
            match gate {
                $( Gate::$gate => $($module)::+::deciding_field(input, judged), )+
            }
        }

        $( $( $( impl From<$proof> for Evidence {
            fn from(proof: $proof) -> Self {
                Self::$evidence(proof)
            }
        } )? )* )+

        $( $( $( impl From<$refusal> for Rejection {
            fn from(refused: $refusal) -> Self {
                Self::$rejection(refused)
            }
        } )? )* )+
    };
    (@bound $refusal:ty, $refused:ident) => { $refused };
}
