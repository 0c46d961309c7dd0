insert into U&"caf\00E9" values (1, 'one', 'two');
insert into U&"cafe\0301" values (U&'\00E9'), (U&'e\0301');
insert into "😀" values ('👩‍👩‍👧‍👦', '🏳️'), (U&'\+10FFFF', U&'\+010000'), (U&'\FFFE', U&'\E000');
insert into "ﬁ" values (1); insert into "fi" values (2); insert into "ＴＡＢＬＥ" values (3);
