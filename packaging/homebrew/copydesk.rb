class Copydesk < Formula
  desc "Filters that turn scraped news text into lines"
  homepage "URL"
  url "URL/copydesk-0.1.0.tar.gz"
  sha256 ""
  license "ISC"

  depends_on "make" => :build # the make of macOS is GNU 3.81, the Makefile was run with 4
  depends_on "pkgconf" => :build
  depends_on "xxhash" => :build
  depends_on "utf8proc"

  def install
    system "gmake", "install", "PREFIX=#{prefix}", "DATADIR=#{share}", "MANDIR=#{man}",
           "BASHDIR=#{bash_completion}", "ZSHDIR=#{zsh_completion}", "FISHDIR=#{fish_completion}"
  end

  test do
    assert_equal "a\t1\tTalks resume.\na\t2\tRain.\n",
                 pipe_output("#{bin}/split-sentences", "a\tTalks resume. Rain.\n", 0)
  end
end
