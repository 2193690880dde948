using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using AuthServer.TestKit;
using YamlDotNet.RepresentationModel;

namespace AuthServer.Web.Tests.Containers;

/// <summary>
/// What <c>docker-compose.yml</c> describes, without Docker: its commands, settings and files in processes of this
/// machine. Only addresses, ports and directories are others.
/// </summary>
public sealed partial class ComposedServer : IAsyncDisposable
{
    public const string ClientId = "composed-management-client";
    public const string ClientSecret = "8Jf3_kPq71vZ-a0LmXw9Rt25_sYbNc4E";

    private readonly TemporaryDirectory directory = new();
    private readonly int port = ServerProcess.FreePort();
    private readonly List<ServerProcess> nodes = [];
    private readonly List<int> nodePorts = [];
    private readonly YamlMappingNode services = (YamlMappingNode)Read("docker-compose.yml")["services"];
    private Process? proxy;

    public string Issuer => $"https://localhost:{port}/";

    public string CertificateAuthority => Path.Combine(directory.Path, "data", "ca.pem");

    /// <summary>What the nodes printed.</summary>
    public IEnumerable<string> Outputs => nodes.Select(node => node.Output);

    public async Task StartAsync()
    {
        if (TestPostgres.DatabaseOf(directory.Path) is not { } postgres)
            throw Requires.Missing("AUTHSERVER_TEST_POSTGRES, a PostgreSQL server for the tests,");
        var haproxy = Requires.Tool("haproxy");
        Directory.CreateDirectory(Path.Combine(directory.Path, "tls"));
        var (exitCode, output) = await ServerProcess.RunAsync(
            Path.Combine(directory.Path, "data"),
            SettingsOf("certificate"),
            [.. Words(services["certificate"]["command"])]);
        Assert.True(exitCode == 0, output);

        foreach (var name in (string[])["node1", "node2"])
        {
            nodePorts.Add(ServerProcess.FreePort());
            var settings = SettingsOf(name);
            Assert.Contains("Host=postgres;", settings["ConnectionStrings__Postgres"], StringComparison.Ordinal);
            settings["ConnectionStrings__Postgres"] = postgres;
            settings["AuthServer__TrustedProxies__0"] = "127.0.0.0/8";
            settings["ASPNETCORE_ENVIRONMENT"] = "Production";
            settings["AuthServer__Bootstrap__ClientId"] = ClientId;
            settings["AuthServer__Bootstrap__ClientSecret"] = ClientSecret;
            settings["AuthServer__Bootstrap__AdminPassword"] = "nine dark horses on a quiet hill";
            nodes.Add(await ServerProcess.StartAsync(Path.Combine(directory.Path, "data"), nodePorts[^1], settings));
        }

        var configuration = Path.Combine(directory.Path, "haproxy.cfg");
        await File.WriteAllTextAsync(configuration, Local(await File.ReadAllTextAsync(InTree("deploy/haproxy.cfg"))));
        proxy = Process.Start(new ProcessStartInfo(haproxy, ["-db", "-f", configuration]))!;
    }

    /// <summary>Runs the health check of a service.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> CheckHealthAsync(string service)
    {
        var command = Words(services[service]["healthcheck"]["test"]).ToList();
        Assert.Equal("CMD", command[0]);
        var listener = nodePorts[service == "node1" ? 0 : 1].ToString(CultureInfo.InvariantCulture);
        using var check = Process.Start(
            command[1], command.Skip(2).Select(word => word.Replace("8080", listener, StringComparison.Ordinal)))!;
        await check.WaitForExitAsync();
        return check.ExitCode;
    }

    /// <summary>Stops a node without notice.</summary>
    public Task KillAsync(int node) => nodes[node].KillAsync();

    public async ValueTask DisposeAsync()
    {
        proxy?.Kill();
        proxy?.Dispose();
        foreach (var node in nodes)
            await node.DisposeAsync();
        directory.Dispose();
    }

    /// <summary>The environment of a service, with the defaults of its variables and this server's issuer.</summary>
    private Dictionary<string, string> SettingsOf(string service) =>
        ((YamlMappingNode)services[service]["environment"]).ToDictionary(
            setting => setting.Key.ToString(),
            setting => Variable().Replace(
                setting.Value.ToString(),
                match => match.Groups["name"].Value == "AUTHSERVER_ISSUER" ? Issuer : match.Groups["default"].Value),
            StringComparer.Ordinal);

    private IEnumerable<string> Words(YamlNode command) =>
        ((YamlSequenceNode)command).Select(word => Local(word.ToString()));

    private string Local(string text)
    {
        text = text
            .Replace("/tls/", Path.Combine(directory.Path, "tls") + "/", StringComparison.Ordinal)
            .Replace(":8443", $":{port}", StringComparison.Ordinal);
        for (var i = 0; i < nodePorts.Count; i++)
            text = text.Replace($"node{i + 1}:8080", $"127.0.0.1:{nodePorts[i]}", StringComparison.Ordinal);
        return text;
    }

    private static YamlNode Read(string file)
    {
        using var reader = File.OpenText(InTree(file));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return yaml.Documents[0].RootNode;
    }

    private static string InTree(string file) => Path.Combine(Repository.Root, file);

    [GeneratedRegex(@"\$\{(?<name>\w+):-(?<default>[^}]*)\}", RegexOptions.NonBacktracking)]
    private static partial Regex Variable();
}
