create table mdl_config (id bigserial primary key, name varchar(255) not null default '', value text not null);
create unique index mdl_conf_nam_uix on mdl_config (name);
create table mdl_course (id bigserial primary key, category bigint not null default 0, shortname varchar(255) not null default '', timemodified bigint not null default 0, visible smallint not null default 1);
create table mdl_grade_grades (id bigserial primary key, itemid bigint not null, userid bigint not null, finalgrade numeric(10,5), timemodified bigint);
create unique index mdl_gradgrad_useite_uix on mdl_grade_grades (userid, itemid);
create table mdl_sessions (id bigserial primary key, sid varchar(128) not null default '', sessdata text, lastip varchar(45));
create unique index mdl_sess_sid_uix on mdl_sessions (sid);
