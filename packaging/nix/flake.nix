{
  description = "copydesk: filters that turn scraped news text into lines";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs = { self, nixpkgs }:
    let
      systems = [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ];
      each = f: nixpkgs.lib.genAttrs systems (system: f nixpkgs.legacyPackages.${system});
    in {
      packages = each (pkgs: {
        default = pkgs.stdenv.mkDerivation {
          pname = "copydesk";
          version = "0.1.0";
          src = ../..;
          nativeBuildInputs = [ pkgs.pkg-config ];
          buildInputs = [ pkgs.utf8proc pkgs.xxHash ]
            ++ pkgs.lib.optional pkgs.stdenv.hostPlatform.isDarwin pkgs.libiconv;
          makeFlags = [ "PREFIX=${placeholder "out"}" "CC=${pkgs.stdenv.cc.targetPrefix}cc" "HOSTCC=cc" ];
          doCheck = true;
          nativeCheckInputs = with pkgs; [ bats gawk jq mandoc mawk parallel sqlite ];
          checkTarget = "check";
          meta = {
            description = "Filters that turn scraped news text into lines";
            license = pkgs.lib.licenses.isc;
            platforms = pkgs.lib.platforms.unix;
          };
        };
      });
    };
}
