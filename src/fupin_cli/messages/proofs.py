"""What fupin says when it checks a pack: conditions that say nothing, what proofs have found, and what they cost."""

from fupin_cli.messages.entry import Message

MESSAGES: dict[str, Message] = {
}
