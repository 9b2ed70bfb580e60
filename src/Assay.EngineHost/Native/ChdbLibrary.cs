using System.Runtime.InteropServices;

namespace Assay.EngineHost.Native;

/// <summary>The part of libchdb's C interface (chdb.h, 26.5) that the host uses.</summary>
internal sealed unsafe class ChdbLibrary
{
    private readonly delegate* unmanaged<int, byte**, nint*> _connect;
    private readonly delegate* unmanaged<nint*, void> _close;
    private readonly delegate* unmanaged<nint, byte*, nuint, byte*, nuint, byte**, nuint*, byte**, nuint*, nuint, nint> _query;
    private readonly delegate* unmanaged<nint, byte*> _error;
    private readonly delegate* unmanaged<nint, byte*> _buffer;
    private readonly delegate* unmanaged<nint, nuint> _length;
    private readonly delegate* unmanaged<nint, ulong> _rows;
    private readonly delegate* unmanaged<nint, ulong> _readRows;
    private readonly delegate* unmanaged<nint, ulong> _readBytes;
    private readonly delegate* unmanaged<nint, ulong> _writtenRows;
    private readonly delegate* unmanaged<nint, ulong> _writtenBytes;
    private readonly delegate* unmanaged<nint, double> _elapsed;
    private readonly delegate* unmanaged<nint, void> _destroy;

    internal ChdbLibrary(string path)
    {
        var handle = NativeLibrary.Load(path);
        nint Export(string name) => NativeLibrary.GetExport(handle, name);
        _connect = (delegate* unmanaged<int, byte**, nint*>)Export("chdb_connect");
        _close = (delegate* unmanaged<nint*, void>)Export("chdb_close_conn");
        _query = (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, byte**, nuint*, byte**, nuint*, nuint, nint>)Export("chdb_query_with_params_n");
        _error = (delegate* unmanaged<nint, byte*>)Export("chdb_result_error");
        _buffer = (delegate* unmanaged<nint, byte*>)Export("chdb_result_buffer");
        _length = (delegate* unmanaged<nint, nuint>)Export("chdb_result_length");
        _rows = (delegate* unmanaged<nint, ulong>)Export("chdb_result_rows_read");
        _readRows = (delegate* unmanaged<nint, ulong>)Export("chdb_result_storage_rows_read");
        _readBytes = (delegate* unmanaged<nint, ulong>)Export("chdb_result_storage_bytes_read");
        _writtenRows = (delegate* unmanaged<nint, ulong>)Export("chdb_result_rows_written");
        _writtenBytes = (delegate* unmanaged<nint, ulong>)Export("chdb_result_bytes_written");
        _elapsed = (delegate* unmanaged<nint, double>)Export("chdb_result_elapsed");
        _destroy = (delegate* unmanaged<nint, void>)Export("chdb_destroy_query_result");
        // Installs no crash handlers of its own from here on; it also resets the present ones, hence the guard around all this.
        ((delegate* unmanaged<int, void>)Export("chdb_set_signal_handlers_enabled"))(0);
    }

    /// <summary>Opens a connection. Only the first one starts the engine and reads the arguments.</summary>
    internal nint* Connect(params string[] arguments)
    {
        var texts = Array.ConvertAll(arguments, Marshal.StringToCoTaskMemUTF8);
        try
        {
            fixed (nint* pointers = texts)
            {
                var connection = _connect(texts.Length, (byte**)pointers);
                return connection != null ? connection : throw new InvalidOperationException("The engine's library refused to start.");
            }
        }
        finally
        {
            Array.ForEach(texts, Marshal.FreeCoTaskMem);
        }
    }

    internal void Close(nint* connection) => _close(connection);

    /// <summary>Runs one statement to its end on the calling thread.</summary>
    internal ChdbResult Query(nint connection, byte[] sql, byte[] format, IReadOnlyList<QueryParameter> parameters)
    {
        var count = parameters.Count;
        var names = stackalloc byte*[count + 1];
        var nameLengths = stackalloc nuint[count + 1];
        var values = stackalloc byte*[count + 1];
        var valueLengths = stackalloc nuint[count + 1];
        var pins = new List<GCHandle>(count * 2);
        try
        {
            for (var i = 0; i < count; i++)
            {
                names[i] = Pin(parameters[i].Name, pins);
                nameLengths[i] = (nuint)parameters[i].Name.Length;
                values[i] = Pin(parameters[i].Value, pins);
                valueLengths[i] = (nuint)parameters[i].Value.Length;
            }

            fixed (byte* text = sql, formatText = format)
            {
                return Take(_query(connection, text, (nuint)sql.Length, formatText, (nuint)format.Length,
                    names, nameLengths, values, valueLengths, (nuint)count));
            }
        }
        finally
        {
            pins.ForEach(pin => pin.Free());
        }
    }

    private ChdbResult Take(nint result)
    {
        try
        {
            // The counters of a failed query are not set: the library leaves them uninitialised.
            if (_error(result) is var error && error != null)
                return ChdbResult.Failed(Marshal.PtrToStringUTF8((nint)error)!);
            var output = new ReadOnlySpan<byte>(_buffer(result), checked((int)_length(result))).ToArray();
            return new ChdbResult(null, output, _rows(result), _readRows(result), _readBytes(result),
                _writtenRows(result), _writtenBytes(result), TimeSpan.FromSeconds(Math.Max(0, _elapsed(result))));
        }
        finally
        {
            _destroy(result);
        }
    }

    private static byte* Pin(byte[] bytes, List<GCHandle> pins)
    {
        // An empty array has no address, and the library insists on one.
        var pin = GCHandle.Alloc(bytes.Length == 0 ? new byte[1] : bytes, GCHandleType.Pinned);
        pins.Add(pin);
        return (byte*)pin.AddrOfPinnedObject();
    }
}
