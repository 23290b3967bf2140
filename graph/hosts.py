"""Domains that many companies share by their nature: sharing one says nothing of who somebody is."""

from __future__ import annotations

_FREE_MAIL = """
gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk hotmail.de hotmail.fr hotmail.it hotmail.es live.com
live.co.uk live.nl msn.com passport.com yahoo.com yahoo.co.uk yahoo.co.in yahoo.co.jp yahoo.de yahoo.fr yahoo.it
yahoo.es yahoo.ca yahoo.com.br yahoo.com.au ymail.com rocketmail.com aol.com aim.com icloud.com me.com mac.com
proton.me protonmail.com pm.me tutanota.com tuta.io tutamail.com hey.com fastmail.com fastmail.fm zoho.com
zohomail.com mail.com email.com usa.com gmx.com gmx.net gmx.de gmx.at gmx.ch web.de freenet.de t-online.de arcor.de
posteo.de mailbox.org orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it tiscali.it alice.it
btinternet.com btopenworld.com sky.com virginmedia.com ntlworld.com talktalk.net blueyonder.co.uk comcast.net
verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net optonline.net juno.com netzero.net
shaw.ca rogers.com sympatico.ca telus.net bigpond.com optusnet.com.au mail.ru bk.ru inbox.ru list.ru yandex.ru
yandex.com ya.ru rambler.ru ukr.net qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com 139.com
189.cn aliyun.com naver.com hanmail.net daum.net nate.com docomo.ne.jp ezweb.ne.jp softbank.ne.jp nifty.com
rediffmail.com uol.com.br bol.com.br terra.com.br ig.com.br seznam.cz centrum.cz wp.pl o2.pl onet.pl interia.pl
op.pl bluewin.ch telenet.be skynet.be ziggo.nl kpnmail.nl xs4all.nl mailinator.com guerrillamail.com yopmail.com
"""

_PAGES = """
google.com goo.gl youtube.com youtu.be facebook.com fb.com fb.me instagram.com threads.net twitter.com x.com t.co
linkedin.com lnkd.in tiktok.com pinterest.com reddit.com discord.com discord.gg slack.com telegram.org t.me
whatsapp.com wa.me medium.com substack.com dev.to hashnode.com notion.so wikipedia.org wikidata.org crunchbase.com
g2.com yelp.com glassdoor.com meetup.com eventbrite.com vimeo.com slideshare.net quora.com stackoverflow.com vk.com
weibo.com xing.com bsky.app mastodon.social patreon.com ko-fi.com opencollective.com producthunt.com
"""

_FORGES = """
github.com gitlab.com bitbucket.org codeberg.org sourceforge.net sr.ht gitee.com launchpad.net gitea.com
rubygems.org packagist.org nuget.org docker.com quay.io artifacthub.io huggingface.co kaggle.com
readthedocs.org codepen.io replit.com
"""

_BUILDERS = """
wix.com squarespace.com weebly.com wordpress.com blogger.com tumblr.com jimdo.com godaddy.com godaddysites.com
site123.com webnode.com strikingly.com webflow.com shopify.com bigcartel.com etsy.com ebay.com over-blog.com
tripod.com angelfire.com geocities.com hubspot.com hubspotpagebuilder.com mailchimp.com typeform.com airtable.com
calendly.com amazonaws.com
"""

_SHORTENERS = """
bit.ly bitly.com tinyurl.com ow.ly is.gd buff.ly rebrand.ly cutt.ly rb.gy shorturl.at tiny.cc s.id linktr.ee lnk.bio
beacons.ai about.me bio.link short.io
"""

PUBLIC_HOSTS = frozenset(f"{_FREE_MAIL} {_PAGES} {_FORGES} {_BUILDERS} {_SHORTENERS}".split())
"""Registrable domains of free mail, of profile pages and publishing, of code forges, of website builders and of link
shorteners."""
