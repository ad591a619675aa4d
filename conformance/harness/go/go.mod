module judged

go 1.18
