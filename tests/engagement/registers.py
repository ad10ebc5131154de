"""Invented registers for the tests of taking part."""

import attrs

import untoc_network as un


def day(text):
    return un.PartialDate(text)


def text(words):
    return un.Text(en=words)


def organization(name="ngo", **more):
    more = {"kind": un.OrganizationKind.NGO, **more}
    return un.Organization(id=name, name=text(name.upper()), **more)


def event(name, kind, starts=None, ends=None, **more):
    dates = {"starts": starts and day(starts), "ends": ends and day(ends)}
    return un.Event(id=name, name=text(name), kind=un.EventKind(kind), **dates, **more)


def application(*log, organization="ngo", key="ngo"):
    return un.DialogueApplication(
        key=key,
        organization_id=organization,
        log=tuple(entry(un.ApplicationEntry, un.ApplicationStep, one) for one in log),
    )


def entry(cls, steps, told):
    step, on, *by = told.split()
    return cls(step=steps(step), on=None if on == "?" else day(on), by=by[0] if by else None)


def dialogue(name="cd", *, apply_by=None, applications=(), log=(), **more):
    return un.ConstructiveDialogue(
        id=name,
        event_id="talk",
        apply_by=apply_by and day(apply_by),
        applications=applications,
        log=tuple(entry(un.DialogueEntry, un.DialogueStep, one) for one in log),
        **more,
    )


def accreditation(name, path, *log, event_id=None, organization="ngo", **more):
    return un.Accreditation(
        id=name,
        organization_id=organization,
        forum=un.Forum.ECOSOC if path == "ecosoc" else un.Forum.CONFERENCE,
        path=un.AccreditationPath(path),
        event_id=event_id,
        log=tuple(entry(un.AccreditationEntry, un.AccreditationStep, one) for one in log),
        **more,
    )


def review(*log, country="XA", questionnaires=(), **more):
    more = {"id": f"{country.lower()}-1", "group": 1, "phase": 1, "cluster": 1, **more}
    return un.CountryReview(
        country=country,
        log=tuple(entry(un.ReviewEntry, un.CountryReviewStep, one) for one in log),
        questionnaires=questionnaires,
        **more,
    )


def questionnaire(*log, instrument="UNTOC"):
    return un.Questionnaire(
        instrument=un.TreatyCode(instrument),
        log=tuple(entry(un.QuestionnaireEntry, un.QuestionnaireStep, one) for one in log),
    )


def consent(purpose="attribution", audience="public", **more):
    return un.Consent(
        purpose=un.Purpose(purpose), audience=un.Audience(audience), basis=un.ConsentBasis.WRITTEN, **more
    )


def bare_facts():
    """The packaged facts without sessions and dialogues, so that only the register has some."""
    return un.reference.packaged().replacing(dialogues=(), conference_sessions=(), working_group_sessions=())


def with_records(*records, **frame):
    return attrs.evolve(un.Register(**frame).with_added(*records)[0])
