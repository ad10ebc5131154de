# Plain texts to type checkers; tools/build_stub.py writes it.

from typing import TypeAlias

AccreditationId: TypeAlias = str
ActionPlanId: TypeAlias = str
ContributionId: TypeAlias = str
CountryCode: TypeAlias = str
CountryReviewId: TypeAlias = str
DialogueId: TypeAlias = str
EventId: TypeAlias = str
FundingId: TypeAlias = str
GeneralReviewId: TypeAlias = str
InstrumentId: TypeAlias = str
Key: TypeAlias = str
LanguageTag: TypeAlias = str
MembershipId: TypeAlias = str
NetworkId: TypeAlias = str
OrganizationId: TypeAlias = str
PartyId: TypeAlias = str
PersonId: TypeAlias = str
ProjectId: TypeAlias = str
RecordId: TypeAlias = str
SourceId: TypeAlias = str
StakeholderId: TypeAlias = str
StatementId: TypeAlias = str
Url: TypeAlias = str
