"""Names of things: short texts that stay the same through every import."""

from typing import NewType

EmployerId = NewType("EmployerId", str)
RuleBookId = NewType("RuleBookId", str)
SkillId = NewType("SkillId", str)
SquadId = NewType("SquadId", str)
StaffId = NewType("StaffId", str)
SiteId = NewType("SiteId", str)
SchoolId = NewType("SchoolId", str)
HotspotId = NewType("HotspotId", str)
WalkId = NewType("WalkId", str)
ShiftTypeId = NewType("ShiftTypeId", str)
BaseRosterId = NewType("BaseRosterId", str)
DutyId = NewType("DutyId", str)
ShiftId = NewType("ShiftId", str)
CrewId = NewType("CrewId", str)
PromiseId = NewType("PromiseId", str)
MeasureId = NewType("MeasureId", str)
