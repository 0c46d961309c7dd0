insert into qrtz_job_details values ('s', 'j', 'DEFAULT', true, '\xaced0005'), ('s', 'J', 'DEFAULT', false, null), ('s', 'j ', 'DEFAULT', false, '');
insert into qrtz_triggers values ('s', 't1', 'g', 'j', 'DEFAULT', 1700000000000, 'WAITING'), ('s', 't2', 'g', 'J', 'DEFAULT', null, 'COMPLETE');
insert into qrtz_simple_triggers values ('s', 't1', 'g', -1), ('s', 't2', 'g', 0);
insert into qrtz_locks values ('s', 'TRIGGER_ACCESS'), ('s', 'STATE_ACCESS');
