//! What the list of the gates makes: the enums, their order and codes, and who is asked about which.

use alloc::string::String;

/// A name in camel case as words: `paid plan`.
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

/// Makes of the list everything that names each gate: [`Gate`](super::Gate), [`Evidence`](super::Evidence),
/// [`Rejection`](super::Rejection), and the way from each to the file that knows it.
macro_rules! gates {
    ($(
        $(#[$gate_doc:meta])*
        $gate:ident in $($module:ident)::+ $(opened by $another_plan:ident)?
            => [ $( $(#[$evidence_doc:meta])* $evidence:ident $(($proof:ty))? $(= $said:literal)? ),* ]
            else [ $( $(#[$rejection_doc:meta])* $code:literal $rejection:ident $(($refusal:ty))? $(= $unit:expr)? ),* ];
    )+) => {
        /// The gates, in the order in which they are asked.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[ringup_derive::data]
        #[serde(rename_all = "snake_case")]
        pub enum Gate {
            $( $(#[$gate_doc])* $gate, )+
        }

        /// What a gate that passed has compared.
        #[derive(Clone, Debug, Eq, PartialEq)]
        #[ringup_derive::data]
        #[serde(tag = "compared", rename_all = "snake_case", deny_unknown_fields)]
        pub enum Evidence {
            /// The policy has no such rule, or the request gives it nothing to look at.
            NotApplicable,
            $( $( $(#[$evidence_doc])* $evidence $(($proof))?, )* )+
        }

        /// Why a purchase is refused, with the figures that were compared. A refusal changes nothing.
        #[derive(Clone, Debug, Eq, PartialEq)]
        #[ringup_derive::data]
        #[serde(tag = "code", rename_all = "snake_case", deny_unknown_fields)]
        pub enum Rejection {
            $( $( $(#[$rejection_doc])* $rejection $(($refusal))?, )* )+
        }

        impl Gate {
            /// All gates, in order.
            pub const ALL: [Self; [$(stringify!($gate)),+].len()] = [$(Self::$gate),+];

            /// What it is called in a sentence: `paid plan`.
            #[must_use]
            pub fn title(self) -> String {
                spaced(match self {
                    $( Self::$gate => stringify!($gate), )+
                })
            }

            /// Those that another plan may open.
            pub(crate) const OF_THE_PLAN: &[Self] = &[$( $( { stringify!($another_plan); Self::$gate }, )? )+];
        }

        impl Rejection {
            /// The stable name of this answer, the same in Rust, JSON and TypeScript.
            #[must_use]
            pub const fn code(&self) -> &'static str {
                match self {
                    $( $( Self::$rejection { .. } => $code, )* )+
                }
            }

            /// What it can say of itself, and the gate that lists it.
            fn refusal(&self) -> (&dyn Refusal, Gate) {
                match self {
                    $( $( Self::$rejection $((gates!(@bound $refusal, refused)))? => {
                        ($( gates!(@bound $refusal, refused) )? $( &$unit )?, Gate::$gate)
                    } )* )+
                }
            }
        }

        impl Rejection {
            /// Writes its sentence for the customer of a shop, which writes its amounts so.
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
            /// Writes its sentence for the customer of a shop, which writes its amounts so.
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
        pub(crate) fn judge(gate: Gate, input: &Input<'_>) -> Judged {
            match gate {
                $( Gate::$gate => $($module)::+::judge(input).into(), )+
            }
        }

        /// The field that a gate's judgement comes from; none where no policy could say otherwise.
        pub(crate) fn deciding_field(gate: Gate, input: &Input<'_>, judged: &Judged) -> Option<DecidingField> {
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
