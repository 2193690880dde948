using System.Diagnostics;

namespace AuthServer.Faults;

/// <summary>This machine can't do what a fault needs.</summary>
public sealed class NotHereException(string message) : Exception(message);

internal static class Shell
{
    /// <exception cref="NotHereException">The program is missing, or failed.</exception>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments)
                {
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                    UseShellExecute = false,
                })!;
            var texts = await Task.WhenAll(
                process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? texts[0] : throw new NotHereException($"{program}: {texts[1].Trim()}");
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            throw new NotHereException($"{program}: {missing.Message}");
        }
    }
}
