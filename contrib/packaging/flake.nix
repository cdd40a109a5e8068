# For Nix. Put it at the top of a clone: nix run . -- demo
{
  description = "Watch a video together from a terminal: a room server and a client that drives mpv";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ];
      forEach = f: nixpkgs.lib.genAttrs systems (system: f nixpkgs.legacyPackages.${system});
      version = (nixpkgs.lib.importTOML ./Cargo.toml).package.version;
    in
    {
      packages = forEach (pkgs: {
        default = pkgs.rustPlatform.buildRustPackage {
          pname = "watchtogether";
          inherit version;
          src = self;
          cargoLock.lockFile = ./Cargo.lock;
          buildType = "dist";
          nativeBuildInputs = [ pkgs.makeWrapper ];
          # Most tests start mpv and servers; `make test` runs them in a clone.
          doCheck = false;
          installPhase = ''
            patchShebangs scripts/install
            PREFIX=$out scripts/install "$(find target -path '*/dist/watchtogether' -type f | head -n 1)"
            wrapProgram $out/bin/watchtogether --suffix PATH : ${
              pkgs.lib.makeBinPath [
                pkgs.mpv
                pkgs.yt-dlp
              ]
            }
          '';
          meta = {
            description = "Watch a video together from a terminal";
            # The source is under the MIT licence; with mpvipc in it, the program is under the
            # GPL-3.0 as a whole.
            license = pkgs.lib.licenses.gpl3Only;
            mainProgram = "watchtogether";
          };
        };
      });
    };
}
