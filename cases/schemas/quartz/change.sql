update qrtz_triggers set next_fire_time = 1700000060000, trigger_state = 'ACQUIRED' where trigger_name = 't1';
delete from qrtz_simple_triggers where trigger_name = 't2';
delete from qrtz_triggers where trigger_name = 't2';
delete from qrtz_job_details where job_name = 'J';
insert into qrtz_job_details values ('s', 'k', 'DEFAULT', true, null);
