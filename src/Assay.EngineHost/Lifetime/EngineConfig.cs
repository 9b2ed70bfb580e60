using System.Security;

namespace Assay.EngineHost.Lifetime;

/// <summary>Writes the configuration files the library reads when it starts.</summary>
internal static class EngineConfig
{
    /// <returns>Path of the main file.</returns>
    internal static string Write(RunFolder folder, RunOptions options)
    {
        var users = Path.Combine(folder.Path, "users.xml");
        var config = Path.Combine(folder.Path, "config.xml");
        // One statement may take all of the engine's cap, but sorts and groupings go to disk well before: their last step
        // needs memory again, and other statements run beside them.
        var spill = options.MemoryBytes / 4;
        File.WriteAllText(users, $"""
            <clickhouse>
              <profiles>
                <default>
                  <max_memory_usage>0</max_memory_usage>
                  <max_bytes_before_external_sort>{spill}</max_bytes_before_external_sort>
                  <max_bytes_before_external_group_by>{spill}</max_bytes_before_external_group_by>
                  {(options.Threads > 0 ? $"<max_threads>{options.Threads}</max_threads>" : "")}
                </default>
              </profiles>
              <users>
                <default>
                  <password></password>
                  <networks><ip>::/0</ip></networks>
                  <profile>default</profile>
                  <quota>default</quota>
                </default>
              </users>
              <quotas><default></default></quotas>
            </clickhouse>
            """);
        File.WriteAllText(config, $"""
            <clickhouse>
              <path>{SecurityElement.Escape(folder.Data)}/</path>
              <users_config>{SecurityElement.Escape(users)}</users_config>
              <max_server_memory_usage>{options.MemoryBytes}</max_server_memory_usage>
              <max_server_memory_usage_to_ram_ratio>1</max_server_memory_usage_to_ram_ratio>
              <timezone>UTC</timezone>
            </clickhouse>
            """);
        return config;
    }
}
