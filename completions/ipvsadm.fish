# Completion of ipvsadm, ipvsadm-save and ipvsadm-restore for fish.

# Long name of the option that a letter stands for.
function __ipvsadm_name_of_letter
    switch $argv[1]
        case A; echo add-service
        case E; echo edit-service
        case D; echo delete-service
        case C; echo clear
        case a; echo add-server
        case e; echo edit-server
        case d; echo delete-server
        case L l; echo list
        case Z; echo zero
        case S; echo save
        case R; echo restore
        case h; echo help
        case v; echo version
        case t; echo tcp-service
        case u; echo udp-service
        case f; echo fwmark-service
        case 6; echo ipv6
        case s; echo scheduler
        case b; echo sched-flags
        case p; echo persistent
        case M; echo netmask
        case o; echo ops
        case r; echo real-server
        case g; echo gatewaying
        case i; echo ipip
        case m; echo masquerading
        case w; echo weight
        case x; echo u-threshold
        case y; echo l-threshold
        case n; echo numeric
        case c; echo connection
        case X; echo exact
        case '*'; echo unknown
    end
end

function __ipvsadm_takes_value
    contains -- $argv[1] tcp-service udp-service sctp-service fwmark-service scheduler sched-flags \
        netmask pe real-server weight u-threshold l-threshold tun-type tun-port start-daemon \
        stop-daemon mcast-interface syncid sync-maxlen mcast-group mcast-port mcast-ttl
end

# Those whose value can be left out: the next word is theirs unless it begins with a dash.
function __ipvsadm_may_take_value
    contains -- $argv[1] persistent wait watch
end

# The options before the cursor, one a line: long name, a tab, and the value if there is one. An
# option that still lacks its value is not among them.
function __ipvsadm_given
    set -l words (commandline -opc)
    set -l awaited
    switch (string replace -r '.*/' '' -- $words[1])
        case ipvsadm-save; echo save\t
        case ipvsadm-restore; echo restore\t
    end
    for word in $words[2..]
        if set -q awaited[1]
            if not __ipvsadm_may_take_value $awaited; or not string match -q -- '-*' $word
                echo $awaited\t$word
                set awaited
                continue
            end
            set awaited
        end
        if string match -q -- '--*=*' $word
            set -l parts (string split -m 1 = -- (string sub -s 3 -- $word))
            echo $parts[1]\t$parts[2]
        else if string match -q -- '--*' $word
            set -l name (string sub -s 3 -- $word)
            if __ipvsadm_takes_value $name
                set awaited $name
            else
                echo $name\t
                not __ipvsadm_may_take_value $name; or set awaited $name
            end
        else if string match -q -- '-?*' $word
            set -l letters (string sub -s 2 -- $word)
            while test -n "$letters"
                set -l name (__ipvsadm_name_of_letter (string sub -l 1 -- $letters))
                set letters (string sub -s 2 -- $letters)
                if __ipvsadm_takes_value $name; and test -z "$letters"
                    set awaited $name
                    break
                else if __ipvsadm_takes_value $name; or test $name = persistent -a -n "$letters"
                    echo $name\t(string replace -r '^=' '' -- $letters)
                    break
                end
                echo $name\t
                not __ipvsadm_may_take_value $name; or set awaited $name
            end
        end
    end
end

# The command on the line, by its long name; nothing if there is none yet.
function __ipvsadm_command
    string split -f 1 \t (__ipvsadm_given)[1]
end

# Whether one of these options is on the line.
function __ipvsadm_has
    set -l names (string split -f 1 \t (__ipvsadm_given))
    for name in $argv
        contains -- $name $names; and return 0
    end
    return 1
end

# The last value on the line of one of these options.
function __ipvsadm_value
    set -l found
    for line in (__ipvsadm_given)
        set -l parts (string split -m 1 \t -- $line)
        if contains -- $parts[1] $argv; and test -n "$parts[2]"
            set found $parts[2]
        end
    end
    string join \n $found
end

# The options that a command takes, by long name.
function __ipvsadm_options
    set -l service tcp-service udp-service sctp-service fwmark-service ipv6
    set -l scheduling scheduler sched-flags persistent netmask pe ops
    set -l forwarding gatewaying ipip masquerading weight u-threshold l-threshold
    set -l tunnel tun-type tun-port tun-nocsum tun-csum tun-remcsum
    switch "$argv[1]"
        case add-service
            string join \n $service $scheduling
        case edit-service
            string join \n $service $scheduling patch
        case delete-service zero
            string join \n $service
        case add-server
            string join \n $service real-server $forwarding $tunnel
        case edit-server
            string join \n $service real-server $forwarding $tunnel patch wait
        case delete-server
            string join \n $service real-server wait
        case list
            string join \n $service real-server numeric connection timeout daemon stats rate \
                thresholds persistent-conn tun-info exact nosort json watch
        case start-daemon
            string join \n mcast-interface syncid sync-maxlen mcast-group mcast-port mcast-ttl
        case stop-daemon
            echo syncid
        case save
            string join \n numeric json
        case restore
            string join \n replace dry-run check
    end
end

# Whether this option can come next: the command takes it, and nothing on the line excludes it.
function __ipvsadm_can
    set -l command (__ipvsadm_command)
    contains -- $argv[1] (__ipvsadm_options $command); or return
    not __ipvsadm_has $argv[1]; or return
    switch $argv[1]
        case tcp-service udp-service sctp-service fwmark-service
            not __ipvsadm_has tcp-service udp-service sctp-service fwmark-service timeout daemon
        case ipv6
            __ipvsadm_has fwmark-service
        case gatewaying ipip masquerading
            not __ipvsadm_has gatewaying ipip masquerading
        case tun-nocsum tun-csum tun-remcsum
            not __ipvsadm_has tun-nocsum tun-csum tun-remcsum
        case real-server
            test $command != list; or __ipvsadm_has connection
        case stats rate thresholds connection timeout daemon
            not __ipvsadm_has stats rate thresholds connection timeout daemon
        case persistent-conn
            not __ipvsadm_has timeout daemon
        case tun-info exact nosort
            not __ipvsadm_has connection timeout daemon
        case watch
            not __ipvsadm_has connection timeout daemon json
        case json
            not __ipvsadm_has watch
        case dry-run
            __ipvsadm_has replace; and not __ipvsadm_has check
        case check
            not __ipvsadm_has dry-run
    end
end

# Virtual services of one kind (-t, -u, --sctp-service or -f), as the kernel has them.
function __ipvsadm_services
    test (__ipvsadm_command) != add-service; or return
    ipvsadm -S -n 2>/dev/null | string replace -rf -- "^-A $argv[1] (\S+).*" '$1' | sort -u
end

# Real servers of the service on the line, or of all if it has none.
function __ipvsadm_servers
    test (__ipvsadm_command) != add-server; or return
    set -l wanted '.*'
    for pair in tcp-service/-t udp-service/-u sctp-service/--sctp-service fwmark-service/-f
        set -l parts (string split / -- $pair)
        set -l value (__ipvsadm_value $parts[1])
        test -z "$value"; or set wanted $parts[2] (string escape --style=regex -- $value)
    end
    not __ipvsadm_has ipv6; or set -a wanted -6
    ipvsadm -S -n 2>/dev/null | string replace -rf -- "^-a $wanted -r (\S+).*" '$1' | sort -u
end

# The schedulers that this kernel has as modules, or all that are known.
function __ipvsadm_schedulers
    set -l modules /lib/modules/(uname -r)/kernel/net/netfilter/ipvs/ip_vs_*.ko*
    set -l schedulers (string replace -r '.*/ip_vs_(.*)\.ko.*' '$1' -- $modules | string match -rv '^(ftp|pe_.*)$')
    set -q schedulers[1]; or set schedulers rr wrr lc wlc lblc lblcr dh sh sed nq fo ovf mh twos
    string join \n $schedulers
end

# What the list of scheduler flags that is being typed could become.
function __ipvsadm_scheduler_flags
    set -l flags
    switch (__ipvsadm_value scheduler)
        case sh; set flags sh-fallback sh-port
        case mh; set flags mh-fallback mh-port
        case ''; set flags flag-1 flag-2 flag-3 sh-fallback sh-port mh-fallback mh-port
        case '*'; set flags flag-1 flag-2 flag-3
    end
    set -l head (string match -r '.*,' -- (commandline -ct | string replace -r '^(--sched-flags=|-b)' ''))
    for flag in $flags
        contains -- $flag (string split , -- "$head"); or echo "$head$flag"
    end
end

function __ipvsadm_interfaces
    string replace -r '.*/' '' -- /sys/class/net/*
end

# For the first word, which must be a command, before anything of it is typed.
function __ipvsadm_commands
    printf '%s\t%s\n' \
        -A 'Add a virtual service' \
        -E 'Edit a virtual service' \
        -D 'Delete a virtual service' \
        -C 'Delete all virtual services' \
        -a 'Add a real server' \
        -e 'Edit a real server' \
        -d 'Delete a real server' \
        -L List \
        -Z 'Zero counters' \
        --set 'Set connection timeouts' \
        --start-daemon 'Start a synchronization daemon' \
        --stop-daemon 'Stop a synchronization daemon' \
        -S 'Write the table to standard output' \
        -R 'Read rules from standard input' \
        -h 'Print a summary of options' \
        -v 'Print the version'
end

for program in ipvsadm ipvsadm-save ipvsadm-restore
    complete -c $program -e
    complete -c $program -f
end

complete -c ipvsadm -n 'test -z "$(__ipvsadm_command)$(commandline -ct)"' -a '(__ipvsadm_commands)'

# Whether a command can be typed here: the first option, and not one more letter behind another.
function __ipvsadm_is_first
    test -z "$(__ipvsadm_command)"; and not string match -qr '^-[^-]' -- (commandline -ct)
end

# Commands: arguments are a description, and -s and -l as `complete` takes them.
function __ipvsadm_declare_command -a description
    complete -c ipvsadm -n __ipvsadm_is_first -d $description $argv[2..]
end

__ipvsadm_declare_command 'Add a virtual service' -s A -l add-service
__ipvsadm_declare_command 'Edit a virtual service' -s E -l edit-service
__ipvsadm_declare_command 'Delete a virtual service' -s D -l delete-service
__ipvsadm_declare_command 'Delete all virtual services' -s C -l clear
__ipvsadm_declare_command 'Add a real server' -s a -l add-server
__ipvsadm_declare_command 'Edit a real server' -s e -l edit-server
__ipvsadm_declare_command 'Delete a real server' -s d -l delete-server
__ipvsadm_declare_command List -s L -l list
__ipvsadm_declare_command 'Zero counters' -s Z -l zero
__ipvsadm_declare_command 'Set connection timeouts' -l set
__ipvsadm_declare_command 'Start a synchronization daemon' -l start-daemon -x -a 'master backup'
__ipvsadm_declare_command 'Stop a synchronization daemon' -l stop-daemon -x -a 'master backup'
__ipvsadm_declare_command 'Write the table to standard output' -s S -l save
__ipvsadm_declare_command 'Read rules from standard input' -s R -l restore
__ipvsadm_declare_command 'Print a summary of options' -s h -l help
__ipvsadm_declare_command 'Print the version' -s v -l version

# Options: arguments are the long name, a description, and what `complete` takes besides.
function __ipvsadm_declare -a name description
    complete -c ipvsadm -n "__ipvsadm_can $name" -l $name -d $description $argv[3..]
end

__ipvsadm_declare tcp-service 'TCP service' -s t -x -a '(__ipvsadm_services -t)'
__ipvsadm_declare udp-service 'UDP service' -s u -x -a '(__ipvsadm_services -u)'
__ipvsadm_declare sctp-service 'SCTP service' -x -a '(__ipvsadm_services --sctp-service)'
__ipvsadm_declare fwmark-service 'Service of a firewall mark' -s f -x -a '(__ipvsadm_services -f)'
__ipvsadm_declare ipv6 'The mark is for IPv6' -s 6
__ipvsadm_declare scheduler 'How to pick a real server' -s s -x -a '(__ipvsadm_schedulers)'
__ipvsadm_declare sched-flags 'Flags of the scheduler' -s b -x -a '(__ipvsadm_scheduler_flags)'
__ipvsadm_declare persistent 'Clients return to their server' -s p
__ipvsadm_declare netmask 'Persistence by network' -s M -x
__ipvsadm_declare pe 'Persistence engine' -x -a sip
__ipvsadm_declare ops 'A server for every packet' -s o
__ipvsadm_declare real-server 'Real server' -s r -x -a '(__ipvsadm_servers)'
__ipvsadm_declare gatewaying 'Direct routing' -s g
__ipvsadm_declare ipip Tunnel -s i
__ipvsadm_declare masquerading Masquerading -s m
__ipvsadm_declare weight 'Share of new connections' -s w -x
__ipvsadm_declare u-threshold 'Upper connection threshold' -s x -x
__ipvsadm_declare l-threshold 'Lower connection threshold' -s y -x
__ipvsadm_declare tun-type 'Kind of tunnel' -x -a 'ipip gue gre'
__ipvsadm_declare tun-port 'UDP port of a gue tunnel' -x
__ipvsadm_declare tun-nocsum 'Tunnel without checksum'
__ipvsadm_declare tun-csum 'Tunnel with checksum'
__ipvsadm_declare tun-remcsum 'Tunnel with remote checksum'
__ipvsadm_declare patch 'Change only what is given'
__ipvsadm_declare wait 'Wait until no connections are left'
__ipvsadm_declare numeric 'Print numbers' -s n
__ipvsadm_declare connection 'List connections' -s c
__ipvsadm_declare timeout 'List connection timeouts'
__ipvsadm_declare daemon 'List synchronization daemons'
__ipvsadm_declare stats 'List counters'
__ipvsadm_declare rate 'List averages per second'
__ipvsadm_declare thresholds 'List connection thresholds'
__ipvsadm_declare persistent-conn 'List persistent connections'
__ipvsadm_declare tun-info 'List tunnels'
__ipvsadm_declare exact 'Print counters in full' -s X
__ipvsadm_declare nosort 'List in the order of the kernel'
__ipvsadm_declare json 'Print JSON'
__ipvsadm_declare watch 'List again and again'
__ipvsadm_declare mcast-interface 'Interface of the packets' -x -a '(__ipvsadm_interfaces)'
__ipvsadm_declare syncid 'Number that both directors share' -x
__ipvsadm_declare sync-maxlen 'Greatest length of a packet' -x
__ipvsadm_declare mcast-group 'Multicast group' -x
__ipvsadm_declare mcast-port 'UDP port' -x
__ipvsadm_declare mcast-ttl 'Time to live of the packets' -x
__ipvsadm_declare replace 'Change only what differs'
__ipvsadm_declare dry-run 'Print what would be changed'
__ipvsadm_declare check 'Only check the input'

complete -c ipvsadm-save -n '__ipvsadm_can numeric' -s n -d 'Print numbers'
complete -c ipvsadm-save -n '__ipvsadm_can json' -l json -d 'Print JSON'
complete -c ipvsadm-restore -n '__ipvsadm_can replace' -l replace -d 'Change only what differs'
complete -c ipvsadm-restore -n '__ipvsadm_can dry-run' -l dry-run -d 'Print what would be changed'
complete -c ipvsadm-restore -n '__ipvsadm_can check' -l check -d 'Only check the input'

functions -e __ipvsadm_declare __ipvsadm_declare_command
