"""Whether a topic of the questionnaires is named that there is, and belongs where it is named."""

from __future__ import annotations

from collections.abc import Mapping

from untoc_network.diagnostics.findings import Basis
from untoc_network.rules.rule import Context

__all__ = ["TOPIC_PROBLEMS", "find_topic_problem"]

TOPIC_PROBLEMS: Mapping[str, str] = {
    "no-such-topic": "is in no questionnaire that is known here",
    "other-instrument": "is one of {own:definite}, not of {instrument:definite}",
    "other-cluster": "is in cluster {own}, not in cluster {cluster}",
}
"""What may be wrong with a topic."""


def find_topic_problem(
    context: Context, topic: str, instrument: str | None, cluster: int | None
) -> tuple[dict[str, str], Basis | None]:
    """What is wrong with a topic of an instrument and a cluster, if anything, and what that rests on."""
    row = context.reference.questionnaire_topic(topic)
    if row is None:
        return {"problem": "no-such-topic"}, None
    if None not in (row.treaty, instrument) and row.treaty != instrument:
        told = {"problem": "other-instrument", "own": str(row.treaty), "instrument": str(instrument)}
    elif None not in (row.cluster, cluster) and row.cluster != cluster:
        told = {"problem": "other-cluster", "own": str(row.cluster), "cluster": str(cluster)}
    else:
        return {}, None
    return told, row.basis("self-assessment questionnaire", topic)
