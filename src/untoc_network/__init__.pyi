# The public names with their homes, for type checkers and editors; a test holds it to __init__.py.

from untoc_network import lots as lots, reference as reference
from untoc_network.errors import (
    ImpossibleValue as ImpossibleValue,
    InfeasibleDraw as InfeasibleDraw,
    InvalidDocument as InvalidDocument,
    UnknownRecord as UnknownRecord,
    UnknownRule as UnknownRule,
    UnreadableInput as UnreadableInput,
    UnsupportedFormat as UnsupportedFormat,
    UntocNetworkError as UntocNetworkError,
    UnwritableOutput as UnwritableOutput,
)
from untoc_network.findings import (
    Basis as Basis,
    Certainty as Certainty,
    Finding as Finding,
    Location as Location,
    Report as Report,
    Severity as Severity,
)
from untoc_network.formats.files import (
    dump as dump,
    example as example,
    load as load,
    read as read,
)
from untoc_network.formats.json import (
    dumps as dumps,
    loads as loads,
    reads as reads,
)
from untoc_network.formats.limits import (
    Limits as Limits,
)
from untoc_network.model.convention import (
    EntryPoint as EntryPoint,
    EntryPointKind as EntryPointKind,
    Instrument as Instrument,
    InstrumentKind as InstrumentKind,
    Level as Level,
    Side as Side,
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
from untoc_network.model.project import (
    Funding as Funding,
    Project as Project,
)
from untoc_network.model.record import (
    Record as Record,
)
from untoc_network.model.register import (
    SCHEMA_VERSION as SCHEMA_VERSION,
    Change as Change,
    ChangeKind as ChangeKind,
    Redirect as Redirect,
    Register as Register,
)
from untoc_network.model.stakeholder import (
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
from untoc_network.reference.tables import (
    Party as Party,
    Reference as Reference,
)
from untoc_network.rules.catalogue import (
    catalogue as catalogue,
    rule_of as rule_of,
)
from untoc_network.rules.engine import (
    Context as Context,
    validate as validate,
)
from untoc_network.rules.rule import (
    Rule as Rule,
    found as found,
    rule as rule,
)
from untoc_network.rules.ruleset import (
    RuleSet as RuleSet,
)
from untoc_network.values.consent import (
    Audience as Audience,
    Consent as Consent,
    ConsentBasis as ConsentBasis,
    Contact as Contact,
    ContactKind as ContactKind,
    Purpose as Purpose,
)
from untoc_network.values.count import (
    Count as Count,
    CountBasis as CountBasis,
    CountUnit as CountUnit,
    Qualifier as Qualifier,
)
from untoc_network.values.dates import (
    Ending as Ending,
    Instant as Instant,
    PartialDate as PartialDate,
    Period as Period,
)
from untoc_network.values.fields import (
    Sensitivity as Sensitivity,
    fields_of as fields_of,
)
from untoc_network.values.identifier import (
    Identifier as Identifier,
    IdentifierScheme as IdentifierScheme,
)
from untoc_network.values.ids import (
    ActionPlanId as ActionPlanId,
    CountryCode as CountryCode,
    EventId as EventId,
    FundingId as FundingId,
    InstrumentId as InstrumentId,
    Key as Key,
    LanguageTag as LanguageTag,
    MembershipId as MembershipId,
    NetworkId as NetworkId,
    OrganizationId as OrganizationId,
    PersonId as PersonId,
    ProjectId as ProjectId,
    RecordId as RecordId,
    SourceId as SourceId,
    StakeholderId as StakeholderId,
    StatementId as StatementId,
    Url as Url,
)
from untoc_network.values.place import (
    Link as Link,
    LinkKind as LinkKind,
    Place as Place,
    Region as Region,
)
from untoc_network.values.source import (
    Blank as Blank,
    BlankReason as BlankReason,
    Citation as Citation,
    Claim as Claim,
    Source as Source,
    SourceKind as SourceKind,
)
from untoc_network.values.text import (
    Alias as Alias,
    AliasKind as AliasKind,
    Note as Note,
    Text as Text,
)

__version__: str
