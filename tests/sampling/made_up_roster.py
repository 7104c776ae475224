"""Households of five villages in three townships, all made up."""

HEADER = ("县", "乡镇", "行政村", "村民小组", "户编号", "户主姓名", "家庭住址", "年度", "家庭人口数", "脱贫属性")
#: Households of each village; 样三 is the name of a village in two townships.
VILLAGES = {
    ("样东乡", "样一村"): 30,
    ("样东乡", "样二村"): 11,
    ("样东乡", "样三村"): 4,
    ("样西乡", "样三村"): 25,
    ("样南乡", "样四村"): 2,
}


def roster() -> list[list[object]]:
    rows: list[list[object]] = []
    for (township, village), count in VILLAGES.items():
        for _ in range(count):
            number = len(rows) + 1
            status = "已脱贫" if number % 3 else "未脱贫"
            key = f"3499{number:06d}"
            rows.append(["样县", township, village, "样组", key, f"样{number}", "样址", 2018, number % 5 + 1, status])
    return rows
