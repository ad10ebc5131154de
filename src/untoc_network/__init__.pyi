# The public names with their homes, for type checkers and editors; tools/build_stub.py writes it.

import untoc_network_lots as _lots
import untoc_network_site as _site
import untoc_network_store as _store
from untoc_network.app import baseline as baseline
from untoc_network import bulk as bulk
from untoc_network import engagement as engagement
from untoc_network import interop as _exchange
from untoc_network import i18n as i18n
from untoc_network import interop as interop
from untoc_network import matching as matching
from untoc_network.serializers import member_lists as member_lists
from untoc_network import privacy as privacy
from untoc_network import process as process
from untoc_network.app import publishing as publishing
from untoc_network.app import queries as queries
from untoc_network import reference as reference
from untoc_network import reports as reports
from untoc_network import rules as rules
from untoc_network.app import project_settings as _settings
from untoc_network import statistics as statistics
from untoc_network import values as values
from untoc_network.app.check_files import (
    FilesChecked as FilesChecked,
    check_files as check_files,
)
from untoc_network.app.import_file import (
    import_file as import_file,
)
from untoc_network.app.import_list import (
    Imported as Imported,
    import_bytes as import_bytes,
    import_sheet as import_sheet,
)
from untoc_network.app.project_settings import (
    find_configuration as find_configuration,
    load_configuration as load_configuration,
)
from untoc_network.diagnostics.errors import (
    IllegalTransition as IllegalTransition,
    ImpossibleValue as ImpossibleValue,
    InfeasibleDraw as InfeasibleDraw,
    InvalidDocument as InvalidDocument,
    MissingExtra as MissingExtra,
    UnknownLanguage as UnknownLanguage,
    UnknownRecord as UnknownRecord,
    UnknownRule as UnknownRule,
    UnreadableInput as UnreadableInput,
    UnsupportedFormat as UnsupportedFormat,
    UntocNetworkError as UntocNetworkError,
    UnusableConfiguration as UnusableConfiguration,
    UnwritableOutput as UnwritableOutput,
    WouldExpose as WouldExpose,
)
from untoc_network.diagnostics.findings import (
    Basis as Basis,
    Certainty as Certainty,
    Finding as Finding,
    Location as Location,
    Report as Report,
    Severity as Severity,
)
from untoc_network.diagnostics.object_to_dict import (
    to_dict as to_dict,
)
from untoc_network.engagement.country_description import (
    describe_country as describe_country,
)
from untoc_network.engagement.country_overview import (
    CountryOverview as CountryOverview,
)
from untoc_network.interop.export_import_options import (
    Exported as Exported,
)
from untoc_network.interop.frames import (
    frames as frames,
)
from untoc_network.matching.register_difference import (
    Edit as Edit,
)
from untoc_network.model.accreditation import (
    Accreditation as Accreditation,
    AccreditationEntry as AccreditationEntry,
    AccreditationPath as AccreditationPath,
    AccreditationStep as AccreditationStep,
    EcosocStatus as EcosocStatus,
    Forum as Forum,
    Vote as Vote,
)
from untoc_network.model.contribution import (
    Contribution as Contribution,
    ContributionKind as ContributionKind,
    ContributionStage as ContributionStage,
    ContributionStatus as ContributionStatus,
)
from untoc_network.model.convention import (
    EntryPoint as EntryPoint,
    EntryPointKind as EntryPointKind,
    GroupMembership as GroupMembership,
    Instrument as Instrument,
    InstrumentKind as InstrumentKind,
    Level as Level,
    Party as Party,
    RegionalGroup as RegionalGroup,
    Side as Side,
    TreatyAct as TreatyAct,
    TreatyActionKind as TreatyActionKind,
    TreatyCode as TreatyCode,
    WorkingGroup as WorkingGroup,
)
from untoc_network.model.country_review import (
    Answer as Answer,
    AnswerChoice as AnswerChoice,
    Artefact as Artefact,
    ArtefactKind as ArtefactKind,
    CountryReview as CountryReview,
    CountryReviewStep as CountryReviewStep,
    FeedbackKind as FeedbackKind,
    NationalConsultation as NationalConsultation,
    Nomination as Nomination,
    NominationRole as NominationRole,
    Observation as Observation,
    ObservationKind as ObservationKind,
    Questionnaire as Questionnaire,
    QuestionnaireEntry as QuestionnaireEntry,
    QuestionnaireStep as QuestionnaireStep,
    ReviewEntry as ReviewEntry,
    ReviewingState as ReviewingState,
    Visibility as Visibility,
    WrittenFeedback as WrittenFeedback,
)
from untoc_network.model.dialogue import (
    ApplicationEntry as ApplicationEntry,
    ApplicationStep as ApplicationStep,
    ConstructiveDialogue as ConstructiveDialogue,
    DialogueApplication as DialogueApplication,
    DialogueChair as DialogueChair,
    DialogueEntry as DialogueEntry,
    DialogueStep as DialogueStep,
    Invitation as Invitation,
    InviteeKind as InviteeKind,
)
from untoc_network.model.event import (
    Activity as Activity,
    Attribution as Attribution,
    Event as Event,
    EventKind as EventKind,
    EventLink as EventLink,
    EventLinkKind as EventLinkKind,
    EventRole as EventRole,
    EventRoleKind as EventRoleKind,
    EventStatus as EventStatus,
    Modality as Modality,
    Order as Order,
    Output as Output,
    OutputKind as OutputKind,
    OutputStatus as OutputStatus,
    Segment as Segment,
    SegmentKind as SegmentKind,
    Statement as Statement,
)
from untoc_network.model.extension import (
    Extension as Extension,
)
from untoc_network.model.field_labels import (
    Label as Label,
    labels as labels,
)
from untoc_network.model.form_check import (
    checked as checked,
)
from untoc_network.model.general_review import (
    ConferenceResolution as ConferenceResolution,
    FollowUp as FollowUp,
    GeneralReview as GeneralReview,
    GeneralReviewEntry as GeneralReviewEntry,
    GeneralReviewStep as GeneralReviewStep,
    Recommendation as Recommendation,
)
from untoc_network.model.log_entry import (
    Actor as Actor,
    Entry as Entry,
)
from untoc_network.model.network import (
    Action as Action,
    ActionPlan as ActionPlan,
    ActionStatus as ActionStatus,
    Membership as Membership,
    MembershipClass as MembershipClass,
    MembershipEnd as MembershipEnd,
    MembershipRole as MembershipRole,
    Network as Network,
    NetworkFunction as NetworkFunction,
    NetworkKind as NetworkKind,
    NetworkLink as NetworkLink,
    NetworkLinkKind as NetworkLinkKind,
    PlanStatus as PlanStatus,
)
from untoc_network.model.organization_and_person import (
    Affiliation as Affiliation,
    Capacity as Capacity,
    CapacityKind as CapacityKind,
    EngagementTool as EngagementTool,
    Organization as Organization,
    OrganizationFlag as OrganizationFlag,
    OrganizationKind as OrganizationKind,
    Person as Person,
    Post as Post,
    Theme as Theme,
)
from untoc_network.model.project_and_funding import (
    Funding as Funding,
    Project as Project,
)
from untoc_network.model.record import (
    Acceptance as Acceptance,
    Record as Record,
    SourcedRecord as SourcedRecord,
)
from untoc_network.model.register import (
    AnyRecord as AnyRecord,
    Change as Change,
    ChangeKind as ChangeKind,
    Redirect as Redirect,
    Register as Register,
)
from untoc_network.model.remembered_lists_and_erasures import (
    DistinctPair as DistinctPair,
    Erasure as Erasure,
    RememberedList as RememberedList,
    RememberedRow as RememberedRow,
)
from untoc_network.model.source import (
    Source as Source,
    SourceKind as SourceKind,
)
from untoc_network.privacy.redactions import (
    View as View,
)
from untoc_network.process.review_tracker import (
    track as track,
)
from untoc_network.reports.report_text import (
    render_report as render_report,
)
from untoc_network.rules.engine import (
    RuleSet as RuleSet,
    validate as validate,
)
from untoc_network.rules.live import (
    Live as Live,
    Step as Step,
)
from untoc_network.rules.rule import (
    Context as Context,
    Rule as Rule,
    Violation as Violation,
    rule as rule,
    violation as violation,
)
from untoc_network.serializers.codecs.ndjson import (
    RecordLine as RecordLine,
    iter_records as iter_records,
)
from untoc_network.serializers.files import (
    dump as dump,
    example as example,
    load as load,
    read as read,
)
from untoc_network.serializers.register_bytes import (
    dumps as dumps,
    loads as loads,
    reads as reads,
)
from untoc_network.serializers.schema import (
    openapi_schemas as openapi_schemas,
    record_schema as record_schema,
    register_schema as register_schema,
)
from untoc_network.serializers.single_record import (
    digest as digest,
    from_dict as from_dict,
    patched as patched,
    read_record as read_record,
)
from untoc_network.serializers.source.limits import (
    Limits as Limits,
)
from untoc_network.values.consent_and_contact import (
    Audience as Audience,
    Consent as Consent,
    ConsentBasis as ConsentBasis,
    Contact as Contact,
    ContactKind as ContactKind,
    Purpose as Purpose,
)
from untoc_network.values.consent_evaluation import (
    may as may,
)
from untoc_network.values.dates import (
    Ending as Ending,
    Instant as Instant,
    PartialDate as PartialDate,
    Period as Period,
)
from untoc_network.values.extra import (
    Extra as Extra,
)
from untoc_network.values.fields import (
    Sensitivity as Sensitivity,
)
from untoc_network.values.identifier import (
    Identifier as Identifier,
    IdentifierScheme as IdentifierScheme,
)
from untoc_network.values.ids_and_codes import (
    AccreditationId as AccreditationId,
    ActionPlanId as ActionPlanId,
    ContributionId as ContributionId,
    CountryCode as CountryCode,
    CountryReviewId as CountryReviewId,
    DialogueId as DialogueId,
    EventId as EventId,
    FundingId as FundingId,
    GeneralReviewId as GeneralReviewId,
    InstrumentId as InstrumentId,
    Key as Key,
    LanguageTag as LanguageTag,
    MembershipId as MembershipId,
    NetworkId as NetworkId,
    OrganizationId as OrganizationId,
    PartyId as PartyId,
    PersonId as PersonId,
    ProjectId as ProjectId,
    RecordId as RecordId,
    SourceId as SourceId,
    StakeholderId as StakeholderId,
    StatementId as StatementId,
    Url as Url,
)
from untoc_network.values.multilingual_text import (
    Alias as Alias,
    AliasKind as AliasKind,
    Note as Note,
    Text as Text,
)
from untoc_network.values.place_and_link import (
    Link as Link,
    LinkKind as LinkKind,
    Place as Place,
    Region as Region,
)
from untoc_network.values.sources_and_claims import (
    Blank as Blank,
    BlankReason as BlankReason,
    Citation as Citation,
    Claim as Claim,
)
from untoc_network.values.stated_count import (
    Count as Count,
    CountBasis as CountBasis,
    CountUnit as CountUnit,
    Qualifier as Qualifier,
)
from untoc_network.values.time_limit import (
    TimeLimit as TimeLimit,
    TimeUnit as TimeUnit,
)

__version__: str
exchange = _exchange
settings = _settings
lots = _lots
site = _site
store = _store
