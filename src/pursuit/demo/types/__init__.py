"""Five types of firm made from a seed, each with the nature it is replayed by (see docs/firm-types.md)."""

from pursuit.demo.types.firm import KINDS, TypeFirm, TypeNature, make_type

__all__ = ["KINDS", "TypeFirm", "TypeNature", "make_type"]
