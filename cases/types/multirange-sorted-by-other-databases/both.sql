create type span as range (subtype = text, multirange_type_name = spans); create table t (id int primary key, v spans);
