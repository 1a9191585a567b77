# Builds the Jekyll site in the folder ARGV[0] and prints one JSON object per line for each file that it writes:
# source path, URL, written file, and the ids in its HTML.
require "jekyll"
require "json"
require "fileutils"

Jekyll.logger.log_level = :error
source = File.realpath(ARGV[0])
destination = File.join(source, "_site")
options = { "source" => source, "destination" => destination, "disable_disk_cache" => true, "incremental" => false, "quiet" => true }
site = Jekyll::Site.new(Jekyll.configuration(options))
site.process
site.each_site_file do |file|
  written = file.destination(destination)
  next unless File.file?(written)
  kind = file.is_a?(Jekyll::StaticFile) ? "asset" : "page"
  html = kind == "page" && written.end_with?(".html") ? File.read(written) : ""
  html = html.gsub(/<!--.*?-->/m, "")
  ids = html.scan(/<[a-z][^>]*?\s(?:id|name)=(?:"([^"]*)"|'([^']*)')/i).flatten.compact
  path = file.is_a?(Jekyll::StaticFile) ? file.path.delete_prefix("#{source}/") : file.relative_path
  puts JSON.generate("file" => path.delete_prefix("/"), "kind" => kind, "url" => file.url,
                     "output" => written.delete_prefix(destination), "ids" => ids)
end
