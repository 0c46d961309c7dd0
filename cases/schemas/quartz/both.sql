create table qrtz_job_details (sched_name varchar(120) not null, job_name varchar(200) not null, job_group varchar(200) not null, is_durable bool not null, job_data bytea null, primary key (sched_name, job_name, job_group));
create table qrtz_triggers (sched_name varchar(120) not null, trigger_name varchar(200) not null, trigger_group varchar(200) not null, job_name varchar(200) not null, job_group varchar(200) not null, next_fire_time bigint null, trigger_state varchar(16) not null, primary key (sched_name, trigger_name, trigger_group),
    foreign key (sched_name, job_name, job_group) references qrtz_job_details (sched_name, job_name, job_group));
create table qrtz_simple_triggers (sched_name varchar(120) not null, trigger_name varchar(200) not null, trigger_group varchar(200) not null, repeat_count bigint not null, primary key (sched_name, trigger_name, trigger_group),
    foreign key (sched_name, trigger_name, trigger_group) references qrtz_triggers (sched_name, trigger_name, trigger_group));
create table qrtz_locks (sched_name varchar(120) not null, lock_name varchar(40) not null, primary key (sched_name, lock_name));
