alter table t alter column v type varchar(10) using (case when id = 7 then 'w' else v end);
