update mdl_config set value = '2023100901' where name = 'version';
update mdl_grade_grades set finalgrade = 9.50001 where userid = 2;
-- Two rows change places under a unique index.
update mdl_grade_grades set userid = 0 where itemid = 1 and userid = 1;
update mdl_grade_grades set userid = 1 where itemid = 1 and userid = 2;
update mdl_grade_grades set userid = 2 where itemid = 1 and userid = 0;
delete from mdl_sessions where sid = 's1';
insert into mdl_sessions (sid, sessdata) values ('s1', 'again');
