alter table strict add constraint all_or_none foreign key (a, b) references parent match full;
alter table lax add constraint any_null foreign key (a, b) references parent;
alter table whole add constraint kept foreign key (a, b) references parent match full;
