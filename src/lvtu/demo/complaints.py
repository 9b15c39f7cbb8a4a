"""Consumer complaints about loans: received, sent to the company, answered, relieved.

The files date two moments, by day: received and sent to the company. They say what the company answered and
whether in time, but not when; so the answer and the relief follow with ``time_basis`` "order" on the day it was sent.
There is no person number: a customer here is one complaint.
"""

from __future__ import annotations

import pyarrow as pa

from lvtu.demo.files import ask, record
from lvtu.demo.model import MapPlan, Stage, Step, Text

RECEIVED, SENT = "Complaint Received", "Complaint Sent to Company"
ANSWERED, OVERDUE = "Company Responded", "Company Response Overdue"
RELIEVED, DENIED = "Relief Given", "Closed without Relief"
CFPB = Text("监管机构网站", "Regulator’s website")
COMPANY = Text("贷款公司", "The lender")

MODEL = MapPlan(
    "complaints",
    Text("从投诉到答复", "From complaint to answer"),
    Text(
        "向美国消费者金融保护局投诉贷款的消费者，2023 年 1 月 1 日至 8 月 24 日；只含同意公开原文的投诉。",
        "People who complained about a loan to the US Consumer Financial Protection Bureau, 1 January to "
        "24 August 2023; only complaints whose authors agreed to publish the text.",
    ),
    Text(
        "收到与转交的日期是真实记录（精确到天）；公司何时答复没有公布，答复与补偿的位置是模型的顺序。"
        "数据里没有个人编号，一条投诉算一位客户。",
        "The days of receipt and of forwarding are on record. When the company answered is not published: answer "
        "and relief stand where the model puts them. There is no person number, so one complaint counts as one "
        "customer.",
    ),
    False,
    (
        Stage(
            "complain",
            Text("投诉", "Complaining"),
            (Step("received", Text("投诉被收到", "Complaint received"), CFPB, RECEIVED),),
        ),
        Stage(
            "forward",
            Text("转交", "Forwarding"),
            (Step("sent", Text("转给公司", "Sent to the company"), CFPB, SENT),),
        ),
        Stage(
            "answer",
            Text("答复", "Answer"),
            (
                Step("answered", Text("公司答复", "Company answers"), COMPANY, ANSWERED),
                Step("relief", Text("得到补偿或纠正", "Relief given"), COMPANY, RELIEVED),
            ),
        ),
    ),
)


def events(table: pa.Table) -> pa.Table:
    """The complaints as events, four each; the story is the ``text`` of the first.

    Whether the answer came in time and whether there was relief are yes and no: scores on the scale ``yesno``.

    Example:
        >>> from lvtu.demo.files import read
        >>> events(read("complaints").slice(0, 1))["event"].to_pylist()
        ['Complaint Received', 'Complaint Sent to Company', 'Company Responded', 'Relief Given']
    """
    rows = ask(_EVENTS, source=table)
    return record({name: rows[name] for name in rows.column_names})


_EVENTS = f"""
    with complaint as (
        select *, lower(submitted_via) as channel, response = 'Untimely response' as overdue,
            response like '%monetary relief' as relieved,
            to_json({{issue: issue, product: sub_product, company: company, state: state, tags: tags}})
                as about,
            to_json({{issue: issue, product: sub_product, company: company, state: state, tags: tags,
                response: response, timely: timely = 'Yes'}}) as answer
        from source
    ), event as (
        select *, 1 as sequence, '{RECEIVED}' as event, received as day, 'day' as basis, about as more
        from complaint
        union all
        select *, 2, '{SENT}', sent, 'day', about from complaint
        union all
        select *, 3, if(overdue, '{OVERDUE}', '{ANSWERED}'), sent, 'order', answer from complaint
        union all
        select *, 4, if(relieved, '{RELIEVED}', '{DENIED}'), sent, 'order', answer from complaint
    )
    select 'cfpb-' || complaint_id || '-' || sequence as message_id,
        day::timestamp at time zone 'UTC' as time, 'complaint-' || complaint_id as anonymous_id,
        event, channel, 'cfpb' as source,
        case sequence when 3 then (timely = 'Yes')::float when 4 then relieved::float end as score,
        if(sequence >= 3, 'yesno', null) as scale,
        if(sequence = 1, narrative, null) as text, if(sequence = 1, 'en', null) as language, sequence,
        basis as time_basis, more::varchar as properties
    from event order by complaint_id, sequence
"""
