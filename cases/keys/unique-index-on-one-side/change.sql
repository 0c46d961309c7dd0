update on_source set v = 'w' where a = 1; update on_target set v = 'w' where a = 1;
