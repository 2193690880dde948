using System.Diagnostics;

namespace AuthServer.TestKit;

/// <summary>
/// Requirements of a test on the machine. Without them, it is skipped by name on a developer's machine and fails where
/// CI=true.
/// </summary>
public static class Requires
{
    /// <summary>xunit.v3 takes an exception whose message begins so for a skipped test.</summary>
    private const string SkipToken = "$XunitDynamicSkip$";

    private static bool InCi =>
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <returns>The full path of the first of these programs that the machine has.</returns>
    public static string Tool(params string[] names)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(
            Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return names
            .SelectMany(name => OperatingSystem.IsWindows() ? new[] { name + ".exe", name + ".cmd" } : [name])
            .SelectMany(name => folders.Select(folder => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists) ?? throw Missing(string.Join(" or ", names));
    }

    /// <returns>The path of a Python that has these modules: Debian's own, or the first of the machine.</returns>
    public static string Python(params string[] modules)
    {
        return new[] { "/usr/bin/python3", Tool("python3") }.FirstOrDefault(IsEnough)
            ?? throw Missing("Python with " + string.Join(", ", modules));

        bool IsEnough(string path)
        {
            if (!File.Exists(path))
                return false;
            using var python = Process.Start(path, ["-c", "import " + string.Join(", ", modules)]);
            python.WaitForExit();
            return python.ExitCode == 0;
        }
    }

    /// <summary>Reports a requirement that the test found missing.</summary>
    public static Exception Missing(string what) =>
        new InvalidOperationException($"{(InCi ? "" : SkipToken)}{what} is not installed.");
}
