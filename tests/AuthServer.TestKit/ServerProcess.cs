using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AuthServer.TestKit;

/// <summary>The server as its users run it: a process of its own, which can be killed.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();

    private ServerProcess(Process process, string address) => (this.process, Address) = (process, address);

    public string Address { get; }

    /// <summary>What it has used so far, user and system.</summary>
    public TimeSpan Cpu => process.TotalProcessorTime;

    /// <summary>Its output so far.</summary>
    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    /// <summary>Starts, and waits until it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(
        string dataDirectory, int port, IReadOnlyDictionary<string, string>? environment = null)
    {
        var address = $"http://127.0.0.1:{port}";
        var start = Program(dataDirectory);
        start.Environment["ASPNETCORE_URLS"] = address;
        start.Environment["AuthServer__Bootstrap__ClientId"] = TestServer.ClientId;
        start.Environment["AuthServer__Bootstrap__ClientSecret"] = TestServer.ClientSecret;
        start.Environment["AuthServer__Bootstrap__AdminEmail"] = TestServer.AdminEmail;
        start.Environment["AuthServer__Bootstrap__AdminPassword"] = TestServer.AdminPassword;
        if (TestPostgres.For(dataDirectory) is { } postgres)
            start.Environment["ConnectionStrings__Postgres"] = postgres;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
            start.Environment[name] = value;

        var server = new ServerProcess(Process.Start(start)!, address);
        server.process.OutputDataReceived += (_, line) => server.Note(line.Data);
        server.process.ErrorDataReceived += (_, line) => server.Note(line.Data);
        server.process.BeginOutputReadLine();
        server.process.BeginErrorReadLine();
        try
        {
            await server.UntilReadyAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a command of the program, beside a server or without one.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(string dataDirectory, params string[] arguments) =>
        RunAsync(dataDirectory, new Dictionary<string, string>(StringComparer.Ordinal), arguments);

    /// <summary>Runs a command of the program with more settings.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string dataDirectory, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var start = Program(dataDirectory, arguments);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var command = Process.Start(start)!;
        var texts = await Task.WhenAll(command.StandardOutput.ReadToEndAsync(), command.StandardError.ReadToEndAsync());
        await command.WaitForExitAsync();
        return (command.ExitCode, texts[0] + texts[1]);
    }

    /// <summary>Starts a server that has to stop by itself.</summary>
    /// <param name="dataDirectory">Its data directory.</param>
    /// <param name="environment">More settings.</param>
    /// <param name="unprivileged">When the tests run as root: as another user, who has no rights to their
    /// files.</param>
    public static async Task<(int ExitCode, string Output)> FailAsync(
        string dataDirectory, IReadOnlyDictionary<string, string> environment, bool unprivileged = false)
    {
        var start = Program(dataDirectory);
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{FreePort()}";
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        if (unprivileged && Environment.IsPrivilegedProcess)
        {
            foreach (var argument in (string[])["--clear-groups", "--regid", "65534", "--reuid", "65534", "dotnet"])
                start.ArgumentList.Insert(start.ArgumentList.Count - 1, argument);
            start.FileName = Requires.Tool("setpriv");
        }

        using var server = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var end = patience.Token.Register(server.Kill);
        var texts = await Task.WhenAll(server.StandardOutput.ReadToEndAsync(), server.StandardError.ReadToEndAsync());
        await server.WaitForExitAsync();
        return (server.ExitCode, texts[0] + texts[1]);
    }

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary><c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary><c>kill -TERM</c>: asks it to stop.</summary>
    public void Terminate()
    {
        using var kill = Process.Start(
            "kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <returns>The exit code.</returns>
    public async Task<int> UntilExitAsync()
    {
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    private static ProcessStartInfo Program(string dataDirectory, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "AuthServer.Web.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["AuthServer__DataDirectory"] = dataDirectory;
        return start;
    }

    private void Note(string? line)
    {
        lock (output)
            output.AppendLine(line);
    }

    /// <summary>After an exit, the rest of its output is waited for.</summary>
    private async Task UntilReadyAsync()
    {
        const string error = "The server did not get ready:";
        using var http = new HttpClient();
        await Eventually.UntilAsync(
            async () => process.HasExited || await http.IsServedAsync(Address + "/readyz"), error, () => Output);
        if (!process.HasExited)
            return;
        await process.WaitForExitAsync();
        throw new InvalidOperationException($"{error}\n{Output}");
    }
}
