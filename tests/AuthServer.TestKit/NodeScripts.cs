using System.Diagnostics;
using System.Text;

namespace AuthServer.TestKit;

/// <summary>Output of a script, and its exit code; null when it was stopped after the timeout.</summary>
public sealed record NodeRun(int? ExitCode, string Output);

/// <summary>
/// Runs the scripts of <c>tests/clients</c>, and installs what they import when that is missing or older than the lock
/// file.
/// </summary>
public static class NodeScripts
{
    private static readonly TimeSpan ScriptTime = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan InstallTime = TimeSpan.FromMinutes(5);

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "clients");

    public static async Task<NodeRun> RunAsync(
        string script, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var node = Requires.Tool("node");
        await InstallAsync();
        return await RunProcessAsync(node, [script, .. arguments], environment, ScriptTime);
    }

    /// <summary>
    /// Once for all processes that test at the same time: the first one installs, the others wait at the file.
    /// </summary>
    private static async Task InstallAsync()
    {
        if (IsInstalled())
            return;
        var npm = Requires.Tool("npm");
        await using var guard = await WaitForAsync(Path.Combine(Folder, ".install.lock"));
        if (IsInstalled())
            return;

        var run = await RunProcessAsync(
            npm,
            ["ci", "--no-audit", "--no-fund", "--ignore-scripts"],
            new Dictionary<string, string>(StringComparer.Ordinal),
            InstallTime);
        if (run.ExitCode != 0)
            throw new InvalidOperationException(
                $"npm ci in {Folder} failed ({run.ExitCode}):{Environment.NewLine}{run.Output}");
    }

    /// <summary>npm writes this file last.</summary>
    private static bool IsInstalled()
    {
        var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        return installed.Exists
            && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json"));
    }

    private static async Task<FileStream> WaitForAsync(string path)
    {
        for (var waited = 0; ; waited++)
        {
            try
            {
                return new FileStream(
                    path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (waited < InstallTime.TotalSeconds)
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
            }
        }
    }

    private static async Task<NodeRun> RunProcessAsync(
        string file, string[] arguments, IReadOnlyDictionary<string, string> environment, TimeSpan time)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        var output = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(line.Data);
        process.ErrorDataReceived += (_, line) => Append(line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using var deadline = new CancellationTokenSource(time);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            return new NodeRun(null, $"{Text()}(stopped after {time.TotalSeconds} seconds)");
        }

        return new NodeRun(process.ExitCode, Text());

        void Append(string? line)
        {
            if (line is null)
                return;
            lock (output)
                output.AppendLine(line);
        }

        string Text()
        {
            lock (output)
                return output.ToString();
        }
    }
}
