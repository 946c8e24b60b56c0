/** Names of programs as a usual server has them, common ones first. */
const bin = `
sed awk cat grep find date test ls cp mv rm mkdir chmod stat head tail sort tr wc cut uname id readlink basename
dirname tee xargs env sleep df du ps pgrep ip ss curl wget git ssh tar gzip zstd openssl python3 perl node
systemctl journalctl logger hostname install diff touch apt-mark tty msgfmt pwd rdma man c99 nm git-shell
libnetcfg gcloud-crc32c viewres jq genrb gencfu gdk-pixbuf-thumbnailer docker-credential-gcloud jhsdb auvirt
rpmbuild pmap fc-scan xdg-desktop-icon savelog readtags gtbl gpgconf zforce fc-list stty netstat
gtk-update-icon-cache xdg-email vim man-recode luit fc-pattern gencnval x-www-browser bugpoint dbus-daemon
lspgpot xdg-user-dir msgen gprof systemd-machine-id-setup ed factor add-apt-repository vacuumlo rvim gp-archive
chattr heaptrack chsh sha224sum view watch pldd xlsclients dpkg-buildpackage ssh-keyscan pidwait jps chrt nawk
nstat chcon xdg-screensaver aulast lz4 groff systemd-cryptenroll dir hostnamectl vacuumdb pkaction dirmngr
xdg-desktop-menu rpmdb apt-cache zip jfr paste zless pod2man sh ocs callgrind_control xzcat pgbench h2xs md5sum
lnstat split ptar lli dpkg-buildflags pkcon envsubst pg_conftool gcov-tool vdir debconf-communicate
glib-compile-schemas xdriinfo fincore patch logname unxz kernel-install apt-cdrom gpg-connect-agent
dpkg-shlibdeps nspr-config groups ul bzexe unzip mountpoint xml2-config lzless dmesg c89-gcc getopt prove
apropos killall expiry pg_buildext libpng-config rpmspec rpm2cpio gcov-dump ncursesw5-config valgrind-listener
grotty cksum dpkg-trigger faked-sysv vmstat verify-uselistorder dpkg-scansources lsof debconf-apt-progress
systemd-analyze scriptlive hostid unexpand localedef pinentry-curses python-argcomplete-tcsh xdg-icon-resource
taskset lzmore sha256sum reset pathchk pdb3 pg_createcluster gdbus ipcs pip pl2pm lzdiff rpcgen fc-match
mvnDebug fmt rgrep debconf-escape ucfr gold gendict mtrace mount lto-dump red nproc lexgrog funzip
strace-log-merge systemd-id128 msgcomm unlzma lz4c fc-cat rtstat lastb optscript xdg-mime bashbug appres
libpng16-config more xzmore rpmkeys xprop heaptrack_print catman rpmlua dpkg-divert jexec ctstat lastlog time
podchecker gio-querymodules c89 gdbtui dpkg-query zgrep clear_console zfgrep w bzegrep bzmore jshell
systemd-sysusers msgfilter pinky whatis false lz4cat jrunscript pwdx pkttyagent xzdiff lzfgrep lslocks bash
column systemd-umount b2sum instmodsh zstdless objdump perldoc npm sotruss lcf python3-pasteurize pslog bzdiff
setsid dpkg-source lzgrep xzcmp lslogins valgrind corepack dbus-send hexdump geqn expand cbt uclampset uconv
domainname top rpmsign jdeps pkmon dpkg-checkbuilddeps ld apt-key lzegrep dpkg-mergechangelogs systemd-creds dd
mknod gcc jmod gapplication vimdiff dpkg-gensymbols gke-gcloud-auth-plugin xmessage createdb editor tzselect
dbus-uuidgen rview xfontsel lessfile xwininfo gpgcompose piconv gp-display-html py3compile timeout lzcat mawk
rbash lsfd sensible-editor deb-systemd-invoke clear ucf sha512sum ar objcopy xlsatoms dpkg-gencontrol
systemd-sysext systemd-mount X11 xdpyinfo opt npx make-first-existing-target linux32 renice jarsigner xkill
xzfgrep ranlib dbus-monitor systemd-cgtop dnsdomainname pkg-config gsutil xzless aulastlog sepdebugcrcfix
pg_config soelim gpic zcmp ssh-argv0 ptx whoami c_rehash pinentry dh_installxmlcatalogs systemd-notify zstdgrep
pager droplang ionice tempfile unlz4 pg_isready as lsirq rev gcc-nm yes select-editor ctags-universal
systemd-repart gprofng pg_dump shasum fc-validate linux64 nsenter ln pg_dropcluster gendiff csplit gresource
systemd-socket-activate streamzip mvn tput psql jdb zipdetails cc unzipsfx passwd nroff skill systemd-path
apt-get tsort pg_restore xz xxd dpkg-vendor lesspipe unlink ssh-copy-id systemd-run dpkg-architecture
systemd-stdio-bridge newgrp cpack xfd bunzip2 xdg-user-dirs-update xsubpp pkill debconf readelf pidof prtstat
tabs run-parts sensible-browser setpriv update-alternatives uptime local-extract pg_renamecluster chfn
perlthanks zipcloak kill which strings llc jpackage nohup scp rpmquery xzgrep xslt-config bc dpkg-genbuildinfo
cg_merge wdctl recode-sr-latin perlivp xev zipnote dwp setarch mcookie`

const sbin = `
icupkg getcap fdisk auditd e2mmpstatus e2fsck grpck swaplabel remove-shell faillock e4defrag shadowconfig
accessdb setcap bridge arp escapesrc dcb agetty make-ssl-cert mklost+found ifconfig installkernel locale-gen
zramctl vipw pwunconv nologin sfdisk swapoff e2label validlocale getty rarp groupmod rtacct pivot_root addgroup
wipefs usermod pam_namespace_helper logsave blkzone ldattach mke2fs cpgr tc iconvconfig start-stop-daemon
update-xmlcatalog getpcaps dpkg-reconfigure pg_updatedicts e4crypt grpunconv unix_chkpwd filefrag init gensprep
badblocks ldconfig tune2fs rtmon switch_root e2scrub blockdev plipconfig update-shells gencmn readprofile
telinit mkswap ctrlaltdel mkfs add-shell groupmems service runuser iptunnel hwclock pam-auth-update slattach
fsck resize2fs tipc reboot groupdel cfdisk swapon augenrules chmem findfs ipmaddr runlevel dmstats zic tarcat
adduser useradd nameif chpasswd deluser chroot fsfreeze update-passwd install-sgmlcatalog e2freefrag cppw
autrace mii-tool`

const own =
  'deploy rotate sync check report purge collect notify mirror watch resize import export verify'.split(' ')

const listed = (names: string) => names.trim().split(/\s+/)

/** Paths of programs, the most common ones first. */
export const programs: readonly string[] = [
  ...listed(bin).map((name) => `/usr/bin/${name}`),
  ...own.flatMap((name) => [`/usr/local/bin/${name}`, `/opt/tools/bin/${name}-all`, `/srv/app/bin/${name}`]),
  ...listed(sbin).map((name) => `/usr/sbin/${name}`),
]
