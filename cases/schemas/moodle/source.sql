insert into mdl_config (name, value) values ('version', '2023100900'), ('theme', 'boost');
insert into mdl_course (shortname, timemodified) values ('C1', 1700000000), ('C2', 1700000000);
insert into mdl_grade_grades (itemid, userid, finalgrade, timemodified) values (1, 1, 10.00000, null), (1, 2, 9.5, 1700000000), (2, 1, null, null);
insert into mdl_sessions (sid, sessdata) values ('s1', repeat('x', 10000)), ('s2', null);
