//! State of every kind, for savepoints and whoever reads them.

use brookite::prelude::*;

/// A user's profile, in the first version of a program.
#[derive(Clone, Row)]
struct Profile {
    user: String,
    visits: i64,
}

/// The same in the second version: there is a new column, in front of the others.
#[derive(Clone, Row)]
struct ProfileWithPage {
    last_page: Option<String>,
    user: String,
    visits: i64,
}

/// A version that cannot read either of them.
#[derive(Clone, Row)]
struct ProfileWithoutVisits {
    user: String,
}

/// Counts a user's visits, as "user page", and tells the count. Remembers the pages in a list, and how
/// often each was visited in a map.
#[derive(Default)]
struct Visits {
    profile: ValueState<Profile>,
    pages: ListState<String>,
    per_page: MapState<String, i64>,
}

#[function]
impl KeyedProcessFunction for Visits {
    type Key = &'static str;
    type In = (&'static str, &'static str);
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.profile = ctx.value_state("profile")?;
        self.pages = ctx.list_state("pages")?;
        self.per_page = ctx.map_state("per page")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        (user, page): (&str, &str),
        _ctx: &Context<'_, Self::Key>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let visits = self.profile.with(|profile| profile.map_or(0, |profile| profile.visits))? + 1;
        self.profile.update(Profile { user: user.to_owned(), visits })?;
        self.pages.add(page.to_owned())?;
        self.per_page.modify(page.to_owned(), |visits| *visits.get_or_insert(0) += 1)?;
        out.collect(format!("{user} {visits}"));
        Ok(())
    }
}

/// The second version of [`Visits`]: it also tells the last page.
#[derive(Default)]
struct VisitsAndPages {
    profile: ValueState<ProfileWithPage>,
}

#[function]
impl KeyedProcessFunction for VisitsAndPages {
    type Key = &'static str;
    type In = (&'static str, &'static str);
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.profile = ctx.value_state("profile")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        (user, page): (&str, &str),
        _ctx: &Context<'_, Self::Key>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        let before = self.profile.value()?;
        let visits = before.as_ref().map_or(0, |profile| profile.visits) + 1;
        let last = before.and_then(|profile| profile.last_page);
        out.collect(format!("{user} {visits} {}", last.as_deref().unwrap_or("none")));
        self.profile.update(ProfileWithPage {
            last_page: Some(page.to_owned()),
            user: user.to_owned(),
            visits,
        })
    }
}

/// A version of [`Visits`] that must not be restored from its savepoints.
#[derive(Default)]
struct VisitsForgotten {
    profile: ValueState<ProfileWithoutVisits>,
}

#[function]
impl KeyedProcessFunction for VisitsForgotten {
    type Key = &'static str;
    type In = (&'static str, &'static str);
    type Out = String;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.profile = ctx.value_state("profile")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        (user, _): (&str, &str),
        _ctx: &Context<'_, Self::Key>,
        out: &mut Collector<'_, String>,
    ) -> Result<()> {
        self.profile.update(ProfileWithoutVisits { user: user.to_owned() })?;
        out.collect(user.to_owned());
        Ok(())
    }
}
