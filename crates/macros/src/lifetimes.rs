//! Lifetimes in types: all of them to one.

use syn::visit_mut::{self, VisitMut};
use syn::{Lifetime, Type, TypeReference};

/// The type with every lifetime `'static`, elided ones included: the name of its `Data` impl.
pub(crate) fn to_static(ty: &Type) -> Type {
    struct ToStatic;

    impl VisitMut for ToStatic {
        fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
            *lifetime = Lifetime::new("'static", lifetime.span());
        }

        fn visit_type_reference_mut(&mut self, reference: &mut TypeReference) {
            let span = reference.and_token.span;
            reference.lifetime = Some(Lifetime::new("'static", span));
            visit_mut::visit_type_reference_mut(self, reference);
        }
    }

    let mut ty = ty.clone();
    ToStatic.visit_type_mut(&mut ty);
    ty
}
