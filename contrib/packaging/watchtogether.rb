# For a Homebrew tap. `homepage`, `url` and `sha256` are those of the release: set them before
# publishing. Then: brew install --build-from-source ./watchtogether.rb
class Watchtogether < Formula
  desc "Watch a video together from a terminal"
  homepage "https://example.org/watchtogether"
  url "https://example.org/watchtogether/archive/v0.1.0.tar.gz"
  sha256 "0000000000000000000000000000000000000000000000000000000000000000"
  # The source is under the MIT licence; with mpvipc in it, the program is under the GPL-3.0 as a whole.
  license "GPL-3.0-only"

  depends_on "rust" => :build
  depends_on "mpv"
  depends_on "yt-dlp"

  def install
    system "cargo", "build", "--profile", "dist", "--locked"
    with_env(PREFIX: prefix.to_s) do
      system "scripts/install", "target/dist/watchtogether"
    end
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/watchtogether --version")
    assert_path_exists man1/"watchtogether-join.1"
  end
end
