update in_a_string set kind = 'c' where id = 1; update in_a_comment set kind = 'c' where id = 1; update nested set kind = 'c' where id = 1;
